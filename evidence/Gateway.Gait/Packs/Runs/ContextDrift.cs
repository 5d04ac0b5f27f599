using System.Text.Json.Nodes;
using Gateway.Gait.Artifacts;

namespace Gateway.Gait.Packs.Runs;

/// <summary>How the context of two runs differs: not, only in when and how it was fetched, or in what it was.</summary>
public static class ContextDrift
{
    public const string None = "none";
    public const string RuntimeOnly = "runtime_only";
    public const string Semantic = "semantic";

    /// <summary>What a receipt says about the fetching and not about what was fetched.</summary>
    private static readonly string[] Runtime = ["retrieved_at", "freshness_sla_seconds", "retrieval_params"];

    public static string Compare(JsonObject left, JsonObject right)
    {
        if (
            left.Text("context_set_digest") != right.Text("context_set_digest")
            || !Receipts(left, Runtime).SequenceEqual(Receipts(right, Runtime))
        )
        {
            return Semantic;
        }

        return Receipts(left, []).SequenceEqual(Receipts(right, [])) ? None : RuntimeOnly;
    }

    private static IEnumerable<string> Receipts(JsonObject refs, string[] without) =>
        refs.Objects("receipts").Select(receipt => Digest(receipt, without)).Order(StringComparer.Ordinal);

    private static string Digest(JsonObject receipt, string[] without)
    {
        var rest = (JsonObject)receipt.DeepClone();
        foreach (var name in without)
        {
            rest.Remove(name);
        }

        return ArtifactJson.Digest(rest).ToString();
    }
}
