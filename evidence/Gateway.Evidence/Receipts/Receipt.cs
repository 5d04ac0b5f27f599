using Gateway.Evidence.Log.Checkpoints;
using Gateway.Evidence.Log.Files;
using Gateway.Evidence.Log.Tiles;
using Gateway.Evidence.Log.Tree;

namespace Gateway.Evidence.Receipts;

/// <summary>Makes receipts: a record with the proof that it is in its log.</summary>
internal static class Receipt
{
    /// <summary>The record, not checked yet; null where it was removed or isn't under the checkpoint.</summary>
    /// <param name="note">The log's checkpoint, as it is signed.</param>
    /// <exception cref="IOException">A file can't be read.</exception>
    public static byte[]? Find(string folder, ReceiptId id, ReadOnlySpan<byte> note, out Checkpoint? checkpoint)
    {
        if (Checkpoint.Open(note, LogOrigin.Of(id.Log), keys: null, out checkpoint) is { } wrong)
        {
            throw new IOException($"The checkpoint in '{folder}' can't be used: {wrong}");
        }

        return id.Index < checkpoint!.Size ? RecordReader.Find(folder, id.Index, checkpoint.Size) : null;
    }

    /// <summary>The receipt's bytes.</summary>
    /// <exception cref="IOException">A file can't be read, or what was read doesn't prove it: nothing is given out that wouldn't
    /// verify.</exception>
    public static byte[] Make(string folder, ReceiptId id, ReadOnlySpan<byte> note, Checkpoint checkpoint, byte[] record)
    {
        var path = InclusionProof.Make(id.Index, checkpoint.Size, new TileReader(folder, checkpoint.Size).Subtree);
        return InclusionProof.Verifies((ulong)id.Index, (ulong)checkpoint.Size, Merkle.Leaf(record), path, checkpoint.Root)
            ? ReceiptForm.Write(id, note, path, record)
            : throw new IOException($"What is stored in '{folder}' doesn't prove record {id.Index}: verify the journal.");
    }
}
