using System.Buffers;

namespace Gateway.Connectors.Redaction;

/// <summary>
/// An e-mail address as it is usually written: no quoted local part, no address in brackets. Any letter may be outside ASCII (RFC 6531).
/// </summary>
internal static class EmailPattern
{
    private const string LettersAndDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private static readonly SearchValues<byte> Local = Bytes(LettersAndDigits + "._%+-'&");
    private static readonly SearchValues<byte> Domain = Bytes(LettersAndDigits + ".-");

    /// <summary>
    /// The first address at or behind a place: from one sign to the next, since no address is without it, and only where the local part
    /// before it begins.
    /// </summary>
    public static bool TryFind(ReadOnlySpan<byte> text, int from, out int start, out int length)
    {
        for (var at = from; text[at..].IndexOf((byte)'@') is var sign and >= 0; at += sign + 1)
        {
            start = at + text.Slice(at, sign).LastIndexOfAnyExcept(Local) + 1;
            length = LengthAt(text, start);
            if (length > 0)
            {
                return true;
            }
        }

        (start, length) = (0, 0);
        return false;
    }

    /// <summary>The length of the address that begins at a place; 0 for none.</summary>
    public static int LengthAt(ReadOnlySpan<byte> text, int at)
    {
        // Only where the local part begins, so that each run of its characters is walked once.
        if (!Local.Contains(text[at]) || (at > 0 && Local.Contains(text[at - 1])))
        {
            return 0;
        }

        var rest = text[at..];
        var sign = rest.IndexOfAnyExcept(Local);
        if (sign < 0 || rest[sign] != '@')
        {
            return 0;
        }

        var domain = rest[(sign + 1)..];
        var end = domain.IndexOfAnyExcept(Domain);
        var length = DomainLength(end < 0 ? domain : domain[..end]);
        return length == 0 ? 0 : sign + 1 + length;
    }

    /// <summary>
    /// Of a name with a dot in it and at least two characters behind, not all digits; a full stop behind the sentence isn't part of it.
    /// </summary>
    private static int DomainLength(ReadOnlySpan<byte> run)
    {
        run = run.TrimEnd(".-"u8);
        var dot = run.LastIndexOf((byte)'.');
        return dot > 0 && run.Length - dot > 2 && run[(dot + 1)..].ContainsAnyExceptInRange((byte)'0', (byte)'9') ? run.Length : 0;
    }

    private static SearchValues<byte> Bytes(string ascii) =>
        SearchValues.Create([.. ascii.Select(c => (byte)c), .. Enumerable.Range(0x80, 0x80).Select(b => (byte)b)]);
}
