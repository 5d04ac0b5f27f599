namespace Gateway.Evidence.Receipts;

/// <summary>What a receipt has proven.</summary>
/// <param name="Size">Records of the signed head that it is under.</param>
/// <param name="Record">The record, in canonical form.</param>
public sealed record VerifiedReceipt(ReceiptId Id, long Size, string Record);
