using System.Text;
using Gateway.Proxy.Intents;

namespace Gateway.Fuzz.Tests.Targets;

/// <summary>An accepted type is the one that stands first, and nowhere behind it does another charset.</summary>
internal static class MediaTypeTarget
{
    private static readonly string[] Accepted = ["application/json", "text/plain", "application/vnd.a+json"];

    public static void Check(byte[] input)
    {
        var text = Encoding.Latin1.GetString(input);
        if (!BodyReader.Accepts(text, Accepted, out var type))
        {
            Promise.Same("", type, "What is refused is no type.");
            return;
        }

        Promise.That(Accepted.Contains(type), "What is accepted is one of those asked for.");
        var first = text.Split(';')[0].Trim(' ', '\t', '\r', '\n');
        Promise.That(first.Equals(type, StringComparison.OrdinalIgnoreCase), $"'{first}' is taken for '{type}'.");
        Promise.That(!text.Contains(',', StringComparison.Ordinal) || text.Contains('"', StringComparison.Ordinal), "It is one type only.");
        for (
            var at = text.IndexOf("charset=", StringComparison.OrdinalIgnoreCase);
            at > 0 && !text.Contains('"', StringComparison.Ordinal);
            at = text.IndexOf("charset=", at + 1, StringComparison.OrdinalIgnoreCase)
        )
        {
            var isName = text[at - 1] is ';' or ' ' or '\t';
            var isUtf8 = text.AsSpan(at + "charset=".Length).StartsWith("utf-8", StringComparison.OrdinalIgnoreCase);
            Promise.That(!isName || isUtf8, "No other charset is said.");
        }
    }
}
