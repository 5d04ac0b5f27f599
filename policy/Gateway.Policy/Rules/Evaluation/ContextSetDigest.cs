using System.Buffers;
using System.Text.Json;
using Gateway.Cel.Text;
using Gateway.Policy.Canonical;
using Gateway.Policy.Model;

namespace Gateway.Policy.Rules.Evaluation;

/// <summary>The digest of an envelope's records alone, in an order of their own, so that theirs in the file doesn't matter.</summary>
internal static class ContextSetDigest
{
    public static string Of(IReadOnlyList<ReferenceRecord> records)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartArray();
            foreach (
                var record in records
                    .OrderBy(r => r.RefId, CodePointOrder.Instance)
                    .ThenBy(r => r.SourceType, CodePointOrder.Instance)
                    .ThenBy(r => r.SourceLocator, CodePointOrder.Instance)
                    .ThenBy(r => r.ContentDigest, CodePointOrder.Instance)
            )
            {
                record.Write(writer);
            }

            writer.WriteEndArray();
        }

        return Sha256Digest.Compute(CanonicalJson.Canonicalise(buffer.WrittenSpan)).ToString();
    }
}
