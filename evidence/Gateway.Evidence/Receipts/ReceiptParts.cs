using System.Buffers.Text;
using System.Text;
using Gateway.Evidence.Log.Files;
using Gateway.Policy.Canonical;
using Gateway.Policy.Model;

namespace Gateway.Evidence.Receipts;

/// <summary>A receipt taken apart: in canonical form to the last byte, and nothing of it proven yet.</summary>
internal readonly record struct ReceiptParts(
    ReceiptId Id,
    string Note,
    int NoteOffset,
    List<Sha256Digest> Path,
    int RecordOffset,
    int RecordLength
)
{
    /// <summary>False for anything else; the scanner then is where it is wrong.</summary>
    public static bool TryRead(ref CanonicalScanner scanner, out ReceiptParts parts)
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
            || !ReceiptPath.TryRead(ref scanner, out var path)
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
        parts = new ReceiptParts(new ReceiptId(log, index), text, noteOffset, path, recordOffset, length);
        return scanner.TrySkip(",\"schema\":\"gateway.receipt/v1\"}"u8) && scanner.AtEnd && !text.Contains('\\', StringComparison.Ordinal);
    }
}
