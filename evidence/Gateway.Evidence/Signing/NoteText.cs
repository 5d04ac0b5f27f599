using System.Text;

namespace Gateway.Evidence.Signing;

/// <summary>Base64 and numbers as notes write them: one text for each value, so that no byte can change without another meaning.</summary>
internal static class NoteText
{
    public static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Standard base64 (RFC 4648, section 4) of exactly so many bytes; false for any other spelling of them.</summary>
    public static bool TryBase64(string text, int length, out byte[] bytes)
    {
        bytes = new byte[length];
        return Convert.TryFromBase64String(text, bytes, out var written) && written == length && Convert.ToBase64String(bytes) == text;
    }

    /// <summary>A decimal number without leading zeros.</summary>
    public static bool TryNumber(string text, out long number) =>
        long.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out number)
        && (text.Length == 1 || text[0] != '0');

    /// <summary>What a note says that it is of, before anything of it is checked; empty where that is no text.</summary>
    public static string FirstLine(ReadOnlySpan<byte> note)
    {
        var end = note.IndexOf((byte)'\n');
        var line = end < 0 ? default : note[..end];
        return System.Text.Unicode.Utf8.IsValid(line) ? Utf8.GetString(line) : "";
    }
}
