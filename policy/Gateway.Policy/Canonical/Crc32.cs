namespace Gateway.Policy.Canonical;

/// <summary>
/// CRC-32 as in zlib, ZIP and PNG (polynomial 0xEDB88320, reflected). Finds typing errors and truncation; proves nothing. The base library
/// has none without another package.
/// </summary>
public static class Crc32
{
    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(i => Entry((uint)i))];

    public static uint Compute(ReadOnlySpan<byte> data)
    {
        var crc = uint.MaxValue;
        foreach (var b in data)
        {
            crc = Table[(byte)crc ^ b] ^ (crc >> 8);
        }

        return ~crc;
    }

    /// <summary>Of ASCII text, a byte a character.</summary>
    public static uint Compute(ReadOnlySpan<char> ascii)
    {
        var crc = uint.MaxValue;
        foreach (var c in ascii)
        {
            crc = Table[(byte)(crc ^ c)] ^ (crc >> 8);
        }

        return ~crc;
    }

    private static uint Entry(uint value)
    {
        for (var bit = 0; bit < 8; bit++)
        {
            value = (value & 1) == 0 ? value >> 1 : 0xEDB88320 ^ (value >> 1);
        }

        return value;
    }
}
