using System.Security.Cryptography;
using Gateway.Evidence.Log.Checkpoints;
using Gateway.Evidence.Log.Files;
using Gateway.Evidence.Log.Tiles;
using Gateway.Policy.Model;

namespace Gateway.Evidence.Log.Retention;

/// <summary>That the hashes of a sealed segment's records are in the tiles.</summary>
internal static class SealedLeaves
{
    /// <summary>What is wrong; null for nothing.</summary>
    /// <exception cref="IOException">A file can't be read.</exception>
    public static LogProblem? Check(string folder, string file, SegmentSeal seal, TileReader tiles)
    {
        using var reader = new SegmentReader(file);
        var offset = (long)SegmentHeader.Length;
        var tile = new Sha256Digest[0];
        Span<byte> leaf = stackalloc byte[Sha256Digest.Length];
        for (var index = seal.First; index <= seal.Last; index++)
        {
            if (
                !reader.TryRead(offset, Frame.HeaderLength, out var header)
                || !Frame.TryReadLength(header, out var length)
                || !reader.TryRead(offset, Frame.HeaderLength + length, out var frame)
            )
            {
                return new LogProblem(LogProblemKind.Frame, file, offset, index, "The record can't be read.");
            }

            SHA256.HashData(frame[Frame.LeafOffset..], leaf);
            tile = index == seal.First || index % TilePath.Width == 0 ? tiles.Read(0, index / TilePath.Width) : tile;
            if (tile[index % TilePath.Width] != new Sha256Digest(leaf))
            {
                return new LogProblem(
                    LogProblemKind.Tile,
                    TilePath.Hashes(folder, 0, index / TilePath.Width),
                    index % TilePath.Width * Sha256Digest.Length,
                    index,
                    "The tile has another hash of the record."
                );
            }

            offset += frame.Length;
        }

        return null;
    }
}
