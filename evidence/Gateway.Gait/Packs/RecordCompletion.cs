using System.Text.Json.Nodes;
using Gateway.Gait.Artifacts;

namespace Gateway.Gait.Packs;

/// <summary>Fills in what a recording's records leave out because it follows from their run, and checks them whole.</summary>
internal static class RecordCompletion
{
    public static List<JsonObject> Lines(
        JsonObject input,
        string name,
        string schemaId,
        JsonObject run,
        ArtifactShape shape,
        Action<JsonObject, string> complete
    )
    {
        var lines = new List<JsonObject>();
        foreach (var item in input[name] as JsonArray ?? throw new RunRecordingException($"'{name}' must be a list."))
        {
            var place = $"{name}[{lines.Count}]";
            var record = RecordingInput.Take(item, place);
            complete(record, place);
            lines.Add(Complete(record, schemaId, run, shape, place));
        }

        return lines;
    }

    /// <summary>Fills in what all records of a run share, and checks the whole.</summary>
    public static JsonObject Complete(JsonObject record, string schemaId, JsonObject run, ArtifactShape shape, string place)
    {
        foreach (
            var (name, value) in new[]
            {
                ("schema_id", schemaId),
                ("schema_version", ArtifactShape.Version),
                ("created_at", run.Text("created_at")),
                ("producer_version", run.Text("producer_version")),
                ("run_id", run.Text("run_id")),
            }
        )
        {
            if (!record.ContainsKey(name))
            {
                record[name] = value;
            }
        }

        if (shape.CheckClosed(record) is { } problem)
        {
            throw new RunRecordingException($"{place}: {problem}");
        }

        return record.Text("run_id") == run.Text("run_id")
            ? record
            : throw new RunRecordingException($"{place}: It belongs to another run.");
    }
}
