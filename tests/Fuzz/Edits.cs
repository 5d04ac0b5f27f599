using System.Buffers.Binary;

namespace Gateway.Fuzz.Tests;

/// <summary>
/// Changes of a text whose bytes no fuzzer can guess, since they hold hashes and signatures: an input is a list of them, six bytes each.
/// A finding then means the same wherever the text was made anew.
/// </summary>
internal static class Edits
{
    private const int Size = 6;

    public static IEnumerable<byte[]> Seeds =>
        from kind in Enumerable.Range(0, 7)
        from place in (ushort[])[0, 20, 300, 65000]
        select Edit((byte)kind, place, 1, 0x41);

    /// <summary>The text with all of the edits made, one after another.</summary>
    public static byte[] Apply(byte[] text, ReadOnlySpan<byte> edits)
    {
        for (; edits.Length >= Size && text.Length > 0; edits = edits[Size..])
        {
            text = Apply(text, edits[0], BinaryPrimitives.ReadUInt16LittleEndian(edits[1..]), edits[3], edits[4], edits[5]);
        }

        return text;
    }

    private static byte[] Apply(byte[] text, byte kind, int place, byte length, byte value, byte other)
    {
        var at = place % text.Length;
        var end = Math.Min(text.Length, at + length);
        var from = ((value * 256) + other) % text.Length;
        return (kind % 7) switch
        {
            0 => [.. text[..at], value, .. text[(at + 1)..]],
            1 => [.. text[..at], (byte)(text[at] ^ (1 << (value % 8))), .. text[(at + 1)..]],
            2 => [.. text[..at], .. text[end..]],
            3 => [.. text[..at], .. Enumerable.Repeat(value, length % 32), .. text[at..]],
            4 => [.. text[..at], .. text[from..Math.Min(text.Length, from + length)], .. text[at..]],
            5 => text[..at],
            _ => [.. text, .. Enumerable.Repeat(value, length % 32)],
        };
    }

    private static byte[] Edit(byte kind, ushort place, byte length, byte value) =>
        [kind, (byte)place, (byte)(place >> 8), length, value, 0];
}
