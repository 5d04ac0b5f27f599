using System.Text.Json.Nodes;
using Gateway.Gait.Artifacts;

namespace Gateway.Gait.Packs;

/// <summary>The object that <c>run record</c> takes: its fields, and no other.</summary>
internal static class RecordingInput
{
    private static readonly string[] Known = ["run", "intents", "results", "refs", "capture_mode", "normalization"];

    /// <exception cref="RunRecordingException">It isn't in form.</exception>
    public static JsonObject Parse(ReadOnlySpan<byte> json)
    {
        if (!ArtifactJson.TryParse(json, out var input, out var error))
        {
            throw new RunRecordingException(error);
        }

        if (input.Select(member => member.Key).FirstOrDefault(name => !Known.Contains(name)) is not null)
        {
            throw new RunRecordingException($"There is a field beside {string.Join(", ", Known)}.");
        }

        return input;
    }

    /// <summary>A copy of an object that may be changed.</summary>
    public static JsonObject Take(JsonNode? node, string place) =>
        node is JsonObject value ? (JsonObject)value.DeepClone() : throw new RunRecordingException($"'{place}' must be an object.");
}
