using System.Text.Json.Nodes;
using Gateway.Gait.Artifacts;

namespace Gateway.Gait.Packs;

/// <summary>
/// Reads the input of <c>run record</c>: <c>{run, intents[], results[], refs, capture_mode, normalization}</c>. What a record leaves out
/// that follows from the run is filled in; a field that the format lacks is refused, since it would be lost.
/// </summary>
public static class RunRecordingReader
{
    private static readonly string[] Known = ["run", "intents", "results", "refs", "capture_mode", "normalization"];

    /// <exception cref="RunRecordingException">It isn't in form.</exception>
    public static RunRecording Read(ReadOnlySpan<byte> json)
    {
        if (!ArtifactJson.TryParse(json, out var input, out var error))
        {
            throw new RunRecordingException(error);
        }

        if (input.Select(member => member.Key).FirstOrDefault(name => !Known.Contains(name)) is not null)
        {
            throw new RunRecordingException($"There is a field beside {string.Join(", ", Known)}.");
        }

        return Read(input);
    }

    /// <summary>The same from an object that is read already; it is changed.</summary>
    /// <exception cref="RunRecordingException">It isn't in form.</exception>
    public static RunRecording Read(JsonObject input)
    {
        var mode = input.Text("capture_mode") is { Length: > 0 } given ? given : "reference";
        if (mode is not ("reference" or "raw"))
        {
            throw new RunRecordingException("'capture_mode' must be reference or raw.");
        }

        var run = Take(input["run"], "run");
        var runId = run.Text("run_id");
        var warnings = new List<string>();
        var digests = new RecordDigests(mode, input["normalization"] as JsonObject, warnings);
        var recording = new RunRecording
        {
            RunId = runId,
            CaptureMode = mode,
            Run = Complete(run, "gait.runpack.run", run, RunpackShapes.Run, "run"),
            Intents = Lines(input, "intents", "gait.runpack.intent", run, RunpackShapes.Intent, digests.OfIntent),
            Results = Lines(input, "results", "gait.runpack.result", run, RunpackShapes.Result, digests.OfResult),
            Refs = Complete(References(input["refs"], mode), "gait.runpack.refs", run, RunpackShapes.Refs, "refs"),
            Warnings = warnings,
        };
        DemandKnown(recording);
        return recording;
    }

    private static List<JsonObject> Lines(
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
            var record = Take(item, place);
            complete(record, place);
            lines.Add(Complete(record, schemaId, run, shape, place));
        }

        return lines;
    }

    /// <summary>Fills in what all records of a run share, and checks the whole.</summary>
    private static JsonObject Complete(JsonObject record, string schemaId, JsonObject run, ArtifactShape shape, string place)
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

    /// <summary>In reference mode the references say how many there are, and that nobody knows whether they can change.</summary>
    private static JsonObject References(JsonNode? given, string mode)
    {
        var refs = given is null ? new JsonObject() : Take(given, "refs");
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

    private static void DemandKnown(RunRecording recording)
    {
        var intents = new HashSet<string>(StringComparer.Ordinal);
        if (recording.Intents.FirstOrDefault(intent => !intents.Add(intent.Text("intent_id"))) is not null)
        {
            throw new RunRecordingException("Two intents have the same 'intent_id'.");
        }

        var results = new HashSet<string>(StringComparer.Ordinal);
        if (recording.Results.FirstOrDefault(result => !results.Add(result.Text("intent_id"))) is not null)
        {
            throw new RunRecordingException("Two results have the same 'intent_id'.");
        }
    }

    private static JsonObject Take(JsonNode? node, string place) =>
        node is JsonObject value ? (JsonObject)value.DeepClone() : throw new RunRecordingException($"'{place}' must be an object.");
}
