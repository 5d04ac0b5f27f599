using System.Text;
using Gateway.Policy.Model;

namespace Gateway.Connectors.Models;

/// <summary>
/// Notes a field that a dialect doesn't have, for whoever sends the body on to leave it out: the provider might understand it, and nobody
/// has judged it. One that would bring a key, an account or an address is refused: without it the call would go where its caller doesn't
/// think.
/// </summary>
public static class UnknownFields
{
    // A name is repeated to the caller only where it looks like a field's: a secret could stand there by mistake.
    private const int LongestRepeated = 32;
    private const int LongestName = 128;
    private const int Most = 32;

    /// <summary>How names are told to the caller, parted by commas: one that could hold something else is a question mark.</summary>
    public static string Told(IReadOnlyList<string> names)
    {
        var told = new StringBuilder();
        for (var i = 0; i < names.Count; i++)
        {
            told.Append(i == 0 ? "" : ", ").Append(IsRepeatable(names[i]) ? names[i] : "?");
        }

        return told.ToString();
    }

    internal static bool Note(ReadOnlySpan<byte> name, ref BodyDraft draft)
    {
        Span<char> text = stackalloc char[LongestName];
        var isAscii = name.Length <= LongestName && Ascii.ToUtf16(name, text, out _) == System.Buffers.OperationStatus.Done;
        text = isAscii ? text[..name.Length] : [];
        if (ProviderCredentialNames.IsField(text))
        {
            var shown = IsRepeatable(text) ? $"'{text}'" : "A field";
            return draft.Refuse(
                ReasonCode.ProviderCredentialsInRequest,
                $"{shown}: Gateway sets the provider's credentials and configuration."
            );
        }

        return name.Length <= LongestName && draft.Unknown.Count < Most
            ? draft.NoteUnknown(Encoding.UTF8.GetString(name))
            : draft.Refuse(
                ReasonCode.UnknownField,
                $"The body has a field of over {LongestName} bytes, or over {Most} fields, that this operation doesn't know."
            );
    }

    private static bool IsRepeatable(ReadOnlySpan<char> name)
    {
        foreach (var c in name)
        {
            if (!char.IsAsciiLetterLower(c) && c is not ('_' or '-'))
            {
                return false;
            }
        }

        return name.Length is > 0 and <= LongestRepeated;
    }
}
