using System.Text.Json.Nodes;
using Gateway.Gait.Artifacts;
using Gateway.Policy.Model;

namespace Gateway.Gait.Packs;

/// <summary>The digests by which records name arguments and results, and whether those stay in the pack.</summary>
/// <param name="mode">The capture mode: in <c>reference</c> only digests stay.</param>
/// <param name="normalization">What to digest in place of what the record holds, by intent: <c>intent_args</c> and <c>result_payloads</c>;
/// null for none.</param>
internal sealed class RecordDigests(string mode, JsonObject? normalization, List<string> warnings)
{
    public void OfIntent(JsonObject record, string place) => Complete(record, place, "args", "args_digest", "intent_args");

    public void OfResult(JsonObject record, string place) => Complete(record, place, "result", "result_digest", "result_payloads");

    private void Complete(JsonObject record, string place, string content, string digest, string replaced)
    {
        if ((Replaced(record, replaced) ?? record[content]) is { } value)
        {
            var actual = ArtifactJson.Digest(value);
            if (!record.ContainsKey(digest))
            {
                record[digest] = actual.ToString();
            }
            else if (!Sha256Digest.TryParse(record.Text(digest), out var given) || given != actual)
            {
                Differs($"{place}: '{digest}' isn't the digest of its '{content}'.");
            }
        }

        if (mode == "reference")
        {
            record.Remove(content);
        }
    }

    /// <summary>A pack that kept both would contradict itself; where only the digest stays, it is the recorder's word.</summary>
    private void Differs(string problem)
    {
        if (mode == "raw")
        {
            throw new RunRecordingException(problem);
        }

        warnings.Add(problem + " It was recorded as given.");
    }

    private JsonNode? Replaced(JsonObject record, string replaced) =>
        normalization?[replaced] is JsonObject byIntent ? byIntent[record.Text("intent_id")] : null;
}
