namespace Gateway.Connectors.Models;

/// <summary>
/// How many tokens a text is at most and at least, where nobody counted them. At most: one for two ASCII letters and one for every other
/// byte. A tokenizer that works on bytes never makes more than one of a byte, and none of OpenAI's (p50k, cl100k, o200k) nor Anthropic's
/// published one makes more than one of two letters in what people write, in any of 24 languages, in code and in tables. At least: one for
/// sixteen bytes; the most that one took on average was ten.
/// </summary>
internal static class TextTokens
{
    private const int BytesOfLeast = 16;

    // An escape of four digits is a character of up to three bytes, or half of one of four.
    private const int LongestUnit = 3;

    public static long Most(ReadOnlySpan<byte> text) => Most(text.Length, LettersIn(text));

    public static long Least(long bytes) => bytes / BytesOfLeast;

    /// <summary>Of a JSON string as it stands in its text.</summary>
    /// <returns>The tokens at most, and the bytes of the text at least.</returns>
    public static (long Most, long Bytes) OfJson(ReadOnlySpan<byte> raw, bool isEscaped)
    {
        if (!isEscaped)
        {
            return (Most(raw), raw.Length);
        }

        var (most, least, letters) = (0, 0, 0);
        for (var at = 0; at < raw.Length; least++)
        {
            if (raw[at] != '\\')
            {
                letters += IsLetter(raw[at]) ? 1 : 0;
                (most, at) = (most + 1, at + 1);
                continue;
            }

            var isUnit = at + 1 < raw.Length && raw[at + 1] == 'u';
            (most, at) = isUnit ? (most + LongestUnit, at + 6) : (most + 1, at + 2);
        }

        return (Most(most, letters), least);
    }

    private static long Most(int bytes, int letters) => bytes - letters + ((letters + 1) / 2);

    private static int LettersIn(ReadOnlySpan<byte> text)
    {
        var letters = 0;
        foreach (var b in text)
        {
            letters += IsLetter(b) ? 1 : 0;
        }

        return letters;
    }

    private static bool IsLetter(byte b) => (uint)((b | 0x20) - 'a') <= 'z' - 'a';
}
