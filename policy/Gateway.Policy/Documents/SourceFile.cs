using System.Text;
using System.Text.Unicode;

namespace Gateway.Policy.Documents;

/// <summary>One file of governance documents, already read. Policy does no I/O.</summary>
/// <param name="Name">As positions show it, such as <c>agents/assistant.yaml</c>. Need not be unique, but positions are clearer if it
/// is.</param>
/// <param name="Text">The whole text; at most <see cref="MaxBytes"/> as UTF-8, or the file is refused.</param>
public sealed record SourceFile(string Name, string Text)
{
    /// <value>4 MiB.</value>
    public const int MaxBytes = 4 * 1024 * 1024;

    /// <summary>A file's text, with or without a mark of its encoding in front; false where it isn't UTF-8.</summary>
    /// <remarks>
    /// Never with another letter in place of what can't be read: a rule would then look for what nobody sends, and block nothing.
    /// </remarks>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, out string text)
    {
        var isText = Utf8.IsValid(bytes);
        text = isText
            ? Encoding.UTF8.GetString(bytes.StartsWith(Encoding.UTF8.Preamble) ? bytes[Encoding.UTF8.Preamble.Length..] : bytes)
            : "";
        return isText;
    }
}
