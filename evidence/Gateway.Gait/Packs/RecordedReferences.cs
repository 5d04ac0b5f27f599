using System.Text.Json.Nodes;
using Gateway.Gait.Artifacts;

namespace Gateway.Gait.Packs;

/// <summary>The references of a recording, with what they leave out.</summary>
internal static class RecordedReferences
{
    /// <summary>In reference mode the references say how many there are, and that nobody knows whether they can change.</summary>
    public static JsonObject Complete(JsonNode? given, string mode)
    {
        var refs = given is null ? new JsonObject() : RecordingInput.Take(given, "refs");
        if (!refs.ContainsKey("receipts"))
        {
            refs["receipts"] = new JsonArray();
        }

        foreach (var receipt in refs.Objects("receipts").Where(receipt => mode == "reference" && !receipt.ContainsKey("immutability")))
        {
            receipt["immutability"] = "unknown";
        }

        if (mode == "reference" && !refs.ContainsKey("context_ref_count") && refs["receipts"] is JsonArray { Count: > 0 } receipts)
        {
            refs["context_ref_count"] = receipts.Count;
        }

        return refs;
    }
}
