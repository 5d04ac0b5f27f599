using System.Text;
using Gateway.Evidence.Signing;

namespace Gateway.Evidence.Receipts;

/// <summary>Whether a receipt that somebody else made may be given on as one's own.</summary>
public static class ForeignReceipt
{
    /// <summary>What is wrong; null where it proves the record that was asked for, and the record is in the scope.</summary>
    public static string? Check(ReadOnlySpan<byte> receipt, ReceiptId id, ReceiptScope scope, IReadOnlyList<Ed25519PublicKey> keys) =>
        ReceiptVerifier.Verify(receipt, "the receipt", keys, out var verified) is { } problem ? problem.Detail
        : verified!.Id != id ? "It is another record's."
        : scope.Has(Encoding.UTF8.GetBytes(verified.Record)) ? null
        : "Its record isn't one that may be read.";
}
