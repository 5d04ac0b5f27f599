using System.Buffers;
using Gateway.Policy.Canonical;
using Gateway.Policy.Model;

namespace Gateway.Evidence.Receipts;

/// <summary>
/// A receipt as it is written: one JSON object in canonical form with <c>checkpoint</c> (the signed note), <c>index</c>, <c>log</c>,
/// <c>path</c> (base64, from the leaf's sibling up), <c>record</c> and <c>schema</c>.
/// </summary>
internal static class ReceiptForm
{
    public const string Schema = "gateway.receipt/v1";

    public static byte[] Write(ReceiptId id, ReadOnlySpan<byte> note, IReadOnlyList<Sha256Digest> path, ReadOnlySpan<byte> record)
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

    /// <summary>Whether a file begins as a receipt does.</summary>
    public static bool Begins(ReadOnlySpan<byte> content) => content.StartsWith("{\"checkpoint\":"u8);
}
