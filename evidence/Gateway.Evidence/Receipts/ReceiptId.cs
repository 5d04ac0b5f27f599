using System.Globalization;
using Gateway.Evidence.Log.Files;
using Gateway.Evidence.Signing;

namespace Gateway.Evidence.Receipts;

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

/// <summary>What a receipt has proven.</summary>
/// <param name="Size">Records of the signed head that it is under.</param>
/// <param name="Record">The record, in canonical form.</param>
public sealed record VerifiedReceipt(ReceiptId Id, long Size, string Record);
