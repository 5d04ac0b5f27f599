using System.Buffers;
using System.Globalization;
using Gateway.Evidence.Log.Checkpoints;
using Gateway.Evidence.Log.Files;
using Gateway.Evidence.Log.Tiles;
using Gateway.Evidence.Log.Tree;
using Gateway.Evidence.Signing;
using Gateway.Policy.Canonical;
using Gateway.Policy.Model;

namespace Gateway.Evidence.Receipts;

/// <summary>
/// A record with the proof that it is in its log: one JSON object in canonical form with <c>checkpoint</c> (the signed note), <c>index</c>,
/// <c>log</c>, <c>path</c> (base64, from the leaf's sibling up), <c>record</c> and <c>schema</c>.
/// </summary>
internal static class Receipt
{
    public const string Schema = "gateway.receipt/v1";

    /// <summary>The receipt's bytes; null where the record was removed or isn't under the checkpoint.</summary>
    /// <param name="note">The log's checkpoint, as it is signed.</param>
    /// <exception cref="IOException">A file can't be read, or what was read doesn't prove it: nothing is given out that wouldn't
    /// verify.</exception>
    public static byte[]? Make(string folder, ReceiptId id, ReadOnlySpan<byte> note)
    {
        if (Checkpoint.Open(note, LogOrigin.Of(id.Log), keys: null, out var checkpoint) is { } wrong)
        {
            throw new IOException($"The checkpoint in '{folder}' can't be used: {wrong}");
        }

        if (id.Index >= checkpoint!.Size || RecordReader.Find(folder, id.Index, checkpoint.Size) is not { } record)
        {
            return null;
        }

        var path = InclusionProof.Make(id.Index, checkpoint.Size, new TileReader(folder, checkpoint.Size).Subtree);
        return InclusionProof.Verifies((ulong)id.Index, (ulong)checkpoint.Size, Merkle.Leaf(record), path, checkpoint.Root)
            ? Write(id, note, path, record)
            : throw new IOException($"What is stored in '{folder}' doesn't prove record {id.Index}: verify the journal.");
    }

    private static byte[] Write(ReceiptId id, ReadOnlySpan<byte> note, IReadOnlyList<Sha256Digest> path, ReadOnlySpan<byte> record)
    {
        var output = new ArrayBufferWriter<byte>(record.Length + 4096);
        var writer = new CanonicalJsonWriter(output);
        writer.StartObject();
        writer.Name("checkpoint"u8);
        writer.String(note);
        writer.Name("index"u8);
        writer.Number(id.Index);
        writer.Name("log"u8);
        writer.String(id.Log.ToString());
        writer.Name("path"u8);
        writer.StartArray();
        Span<byte> bytes = stackalloc byte[Sha256Digest.Length];
        foreach (var hash in path)
        {
            hash.CopyTo(bytes);
            writer.String(Convert.ToBase64String(bytes));
        }

        writer.EndArray();
        writer.Name("record"u8);
        writer.Raw(record);
        writer.Name("schema"u8);
        writer.String(Schema);
        writer.EndObject();
        return output.WrittenSpan.ToArray();
    }
}

/// <summary>Which record of which log a receipt is of; every answer names one.</summary>
/// <value>The log's id, a dot, the index.</value>
public readonly record struct ReceiptId(LogId Log, long Index)
{
    /// <summary>False for anything but a log's id, a dot, and a number without leading zeros.</summary>
    public static bool TryParse(string text, out ReceiptId id)
    {
        id = default;
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        if (dot < 0 || !LogId.TryParse(text.AsSpan(0, dot), out var log) || !NoteText.TryNumber(text[(dot + 1)..], out var index))
        {
            return false;
        }

        id = new ReceiptId(log, index);
        return true;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Log}.{Index}");
}
