using Gateway.Policy.Model;

namespace Gateway.Evidence.Log.Tiles;

/// <summary>Reads the hashes of a tile, from the disk or out of a text.</summary>
internal static class TileHashes
{
    /// <param name="full">The full tile's path.</param>
    /// <param name="width">How many are read.</param>
    /// <exception cref="IOException">It is missing or has another length.</exception>
    public static Sha256Digest[] Read(string full, int width)
    {
        var (file, bytes) = FoundTile.Read(full, width) ?? throw new IOException($"The tile '{full}' is missing, {width} hashes wide.");
        if (bytes.Length < width * Sha256Digest.Length)
        {
            throw new IOException($"The tile '{file}' has {bytes.Length} bytes and should have {width * Sha256Digest.Length}.");
        }

        var hashes = new Sha256Digest[width];
        for (var i = 0; i < width; i++)
        {
            hashes[i] = new Sha256Digest(bytes.AsSpan(i * Sha256Digest.Length, Sha256Digest.Length));
        }

        return hashes;
    }

    /// <summary>Reads them from hexadecimal digits, one behind the other; false for anything else.</summary>
    public static bool TryParse(string text, out Sha256Digest[] hashes)
    {
        const int digits = 2 * Sha256Digest.Length;
        hashes = new Sha256Digest[text.Length / digits];
        for (var i = 0; i < hashes.Length; i++)
        {
            if (!Sha256Digest.TryParse(text.AsSpan(i * digits, digits), out hashes[i]))
            {
                return false;
            }
        }

        return text.Length % digits == 0;
    }
}
