using System.Security.Cryptography;
using Gateway.Evidence.Log.Checkpoints;
using Gateway.Evidence.Log.Files;
using Gateway.Evidence.Log.Tiles;
using Gateway.Evidence.Log.Tree;
using Gateway.Policy.Model;

namespace Gateway.Evidence.Log.Retention;

/// <summary>
/// That a sealed segment is what was sealed, and that its hashes are in the tiles: once it is gone nothing else can say them.
/// </summary>
internal static class SealedTiles
{
    /// <summary>What is wrong; null for nothing.</summary>
    /// <exception cref="IOException">A file can't be read.</exception>
    public static LogProblem? Check(string folder, string file, SegmentSeal seal, Checkpoint checkpoint)
    {
        if (seal.Differs(file) is { } wrong)
        {
            return new LogProblem(LogProblemKind.Seal, file, 0, seal.First, wrong);
        }

        var tiles = new TileReader(folder, checkpoint.Size);
        if (Subtrees.Root(0, checkpoint.Size, tiles.Subtree) != checkpoint.Root)
        {
            return new LogProblem(
                LogProblemKind.Tile,
                Path.Combine(folder, TilePath.Folder),
                0,
                null,
                "The last tiles of the levels don't lead to the checkpoint's root."
            );
        }

        return Leaves(folder, file, seal, tiles) ?? Above(folder, seal, checkpoint, tiles);
    }

    private static LogProblem? Leaves(string folder, string file, SegmentSeal seal, TileReader tiles)
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

    /// <summary>The full tiles over the segment, level by level.</summary>
    private static LogProblem? Above(string folder, SegmentSeal seal, Checkpoint checkpoint, TileReader tiles)
    {
        for (var level = 0; level + 1 < TilePath.Height; level++)
        {
            var shift = TilePath.Height * (level + 1);
            for (
                var index = seal.First >> shift;
                index <= seal.Last >> shift && index < TilePath.FullTiles(checkpoint.Size, level);
                index++
            )
            {
                if (Merkle.RootOf(tiles.Read(level, index)) != tiles.Tile(level + 1, index / TilePath.Width)[index % TilePath.Width])
                {
                    return new LogProblem(
                        LogProblemKind.Tile,
                        TilePath.Hashes(folder, level, index),
                        0,
                        null,
                        "The tile isn't the one that the level above has the hash of."
                    );
                }
            }
        }

        return null;
    }
}
