using Gateway.Evidence.Log.Checkpoints;
using Gateway.Evidence.Log.Files;
using Gateway.Evidence.Receipts;
using Gateway.Evidence.Signing;

namespace Gateway.Evidence.Verification;

/// <summary>Checks what proves something by itself: a receipt, a checkpoint, a seal.</summary>
internal static class LoneFile
{
    /// <value>Bytes. A receipt of the longest record is smaller.</value>
    private const int MaxLength = 8 << 20;

    public static EvidenceResult Verify(string path, IReadOnlyList<Ed25519PublicKey> keys)
    {
        var content = RegularFile.Read(path, MaxLength + 1);
        if (content.Length > MaxLength)
        {
            return new EvidenceResult(
                EvidenceKind.Unknown,
                new LogProblem(LogProblemKind.Unreadable, path, 0, null, $"It has over {MaxLength} bytes.")
            );
        }

        if (ReceiptForm.Begins(content))
        {
            return new EvidenceResult(EvidenceKind.Receipt, ReceiptVerifier.Verify(content, path, keys, out var receipt))
            {
                Receipt = receipt,
            };
        }

        return SealText.OriginOf(content) is { Length: > 0 } origin
            ? OfSeal(path, content, origin, keys)
            : OfCheckpoint(path, content, keys);
    }

    private static EvidenceResult OfSeal(string path, byte[] content, string origin, IReadOnlyList<Ed25519PublicKey> keys)
    {
        var wrong = SegmentSeal.Read(content, origin, keys, out var seal);
        var segment = Path.Combine(Path.GetDirectoryName(path)!, SegmentName.Of(seal?.First ?? 0));
        return wrong is not null ? new EvidenceResult(EvidenceKind.Seal, new LogProblem(LogProblemKind.Seal, path, 0, null, wrong))
            : File.Exists(segment) && seal!.Differs(segment) is { } differs
                ? new EvidenceResult(EvidenceKind.Seal, new LogProblem(LogProblemKind.Seal, segment, 0, seal.First, differs))
            : new EvidenceResult(EvidenceKind.Seal, null) { Size = seal!.Last + 1, Origin = origin };
    }

    private static EvidenceResult OfCheckpoint(string path, byte[] content, IReadOnlyList<Ed25519PublicKey> keys)
    {
        var wrong = Checkpoint.Open(content, null, keys, out var checkpoint);
        return wrong is not null
            ? new EvidenceResult(EvidenceKind.Unknown, new LogProblem(LogProblemKind.Checkpoint, path, 0, null, wrong))
            : new EvidenceResult(EvidenceKind.Checkpoint, null) { Size = checkpoint!.Size, Origin = checkpoint.Origin };
    }
}
