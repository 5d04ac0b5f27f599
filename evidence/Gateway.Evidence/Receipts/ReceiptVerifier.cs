using System.Buffers.Text;
using System.Text;
using Gateway.Evidence.Log.Checkpoints;
using Gateway.Evidence.Log.Files;
using Gateway.Evidence.Log.Tree;
using Gateway.Evidence.Records;
using Gateway.Evidence.Signing;
using Gateway.Policy.Canonical;
using Gateway.Policy.Model;

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
        if (!TryRead(ref scanner, out var parts))
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

    /// <summary>Whether a file begins as a receipt does.</summary>
    internal static bool LooksLikeReceipt(ReadOnlySpan<byte> content) => content.StartsWith("{\"checkpoint\":"u8);

    private static bool TryRead(ref CanonicalScanner scanner, out Parts parts)
    {
        parts = default;
        if (!scanner.TrySkip("{\"checkpoint\":"u8))
        {
            return false;
        }

        var noteOffset = scanner.Position;
        if (
            !scanner.TrySkipString(out var note)
            || !scanner.TrySkip(",\"index\":"u8)
            || !scanner.TrySkipNumber(out var number)
            || !Utf8Parser.TryParse(number, out long index, out var used)
            || used != number.Length
            || index < 0
            || !scanner.TrySkip(",\"log\":"u8)
            || !scanner.TrySkipString(out var name)
            || !LogId.TryParse(Encoding.UTF8.GetString(name), out var log)
            || !scanner.TrySkip(",\"path\":["u8)
            || !TryPath(ref scanner, out var path)
            || !scanner.TrySkip(",\"record\":"u8)
        )
        {
            return false;
        }

        var recordOffset = scanner.Position;
        if (!scanner.TrySkipValue())
        {
            return false;
        }

        var length = scanner.Position - recordOffset;

        // The note's only escapes are its line ends: control characters and quotes aren't in one.
        var text = Encoding.UTF8.GetString(note).Replace("\\n", "\n", StringComparison.Ordinal);
        parts = new Parts(new ReceiptId(log, index), text, noteOffset, path, recordOffset, length);
        return scanner.TrySkip(",\"schema\":\"gateway.receipt/v1\"}"u8) && scanner.AtEnd && !text.Contains('\\', StringComparison.Ordinal);
    }

    private static bool TryPath(ref CanonicalScanner scanner, out List<Sha256Digest> path)
    {
        path = [];
        while (!scanner.TrySkip("]"u8))
        {
            if (
                (path.Count > 0 && !scanner.TrySkip(","u8))
                || path.Count == InclusionProof.MaxLength
                || !scanner.TrySkipString(out var text)
                || !NoteText.TryBase64(Encoding.UTF8.GetString(text), Sha256Digest.Length, out var hash)
            )
            {
                return false;
            }

            path.Add(new Sha256Digest(hash));
        }

        return true;
    }

    private readonly record struct Parts(
        ReceiptId Id,
        string Note,
        int NoteOffset,
        List<Sha256Digest> Path,
        int RecordOffset,
        int RecordLength
    );
}

/// <summary>What a receipt has proven.</summary>
/// <param name="Size">Records of the signed head that it is under.</param>
/// <param name="Record">The record, in canonical form.</param>
public sealed record VerifiedReceipt(ReceiptId Id, long Size, string Record);
