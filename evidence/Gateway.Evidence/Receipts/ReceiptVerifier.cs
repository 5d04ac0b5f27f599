using System.Text;
using Gateway.Evidence.Log.Checkpoints;
using Gateway.Evidence.Log.Files;
using Gateway.Evidence.Log.Tree;
using Gateway.Evidence.Records;
using Gateway.Evidence.Signing;
using Gateway.Policy.Canonical;

namespace Gateway.Evidence.Receipts;

/// <summary>
/// Checks a receipt offline: its form to the last byte, the checkpoint's signature, and that the path leads from the record to the signed
/// root.
/// </summary>
public static class ReceiptVerifier
{
    /// <summary>What is wrong; null when the record is in the log that signed. Never throws on any content.</summary>
    /// <param name="file">Named in what is wrong.</param>
    /// <param name="keys">Public keys of the instance that wrote the log.</param>
    public static LogProblem? Verify(
        ReadOnlySpan<byte> receipt,
        string file,
        IReadOnlyList<Ed25519PublicKey> keys,
        out VerifiedReceipt? verified
    )
    {
        verified = null;
        var scanner = new CanonicalScanner(receipt);
        if (!ReceiptParts.TryRead(ref scanner, out var parts))
        {
            return new LogProblem(LogProblemKind.Receipt, file, scanner.Position, null, "It isn't a canonical gateway.receipt/v1.");
        }

        LogProblem Wrong(int offset, string detail) => new(LogProblemKind.Receipt, file, offset, parts.Id.Index, detail);
        var note = Encoding.UTF8.GetBytes(parts.Note);
        if (Checkpoint.Open(note, LogOrigin.Of(parts.Id.Log), keys, out var checkpoint) is { } unsigned)
        {
            return Wrong(parts.NoteOffset, $"The checkpoint: {unsigned}");
        }

        var record = receipt.Slice(parts.RecordOffset, parts.RecordLength);
        if (RecordEnvelope.Read(record, out var envelope) is { } malformed)
        {
            return Wrong(parts.RecordOffset, malformed);
        }

        if (envelope.Index != parts.Id.Index || Encoding.ASCII.GetString(envelope.Log) != parts.Id.Log.ToString())
        {
            return Wrong(parts.RecordOffset, "The record is another one than the receipt says.");
        }

        if (!InclusionProof.Verifies((ulong)parts.Id.Index, (ulong)checkpoint!.Size, Merkle.Leaf(record), parts.Path, checkpoint.Root))
        {
            return Wrong(parts.RecordOffset, "The path doesn't lead from the record to the root that was signed.");
        }

        verified = new VerifiedReceipt(parts.Id, checkpoint.Size, Encoding.UTF8.GetString(record));
        return null;
    }
}
