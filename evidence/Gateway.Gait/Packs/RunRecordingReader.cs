using System.Text.Json.Nodes;
using Gateway.Gait.Artifacts;

namespace Gateway.Gait.Packs;

/// <summary>
/// Reads the input of <c>run record</c>: <c>{run, intents[], results[], refs, capture_mode, normalization}</c>. What a record leaves out
/// that follows from the run is filled in; a field that the format lacks is refused, since it would be lost.
/// </summary>
public static class RunRecordingReader
{
    /// <exception cref="RunRecordingException">It isn't in form.</exception>
    public static RunRecording Read(ReadOnlySpan<byte> json) => Read(RecordingInput.Parse(json));

    /// <summary>The same from an object that is read already; it is changed.</summary>
    /// <exception cref="RunRecordingException">It isn't in form.</exception>
    public static RunRecording Read(JsonObject input)
    {
        var mode = input.Text("capture_mode") is { Length: > 0 } given ? given : "reference";
        if (mode is not ("reference" or "raw"))
        {
            throw new RunRecordingException("'capture_mode' must be reference or raw.");
        }

        var run = RecordingInput.Take(input["run"], "run");
        var runId = run.Text("run_id");
        var warnings = new List<string>();
        var digests = new RecordDigests(mode, input["normalization"] as JsonObject, warnings);
        var recording = new RunRecording
        {
            RunId = runId,
            CaptureMode = mode,
            Run = RecordCompletion.Complete(run, "gait.runpack.run", run, RunShapes.Run, "run"),
            Intents = RecordCompletion.Lines(input, "intents", "gait.runpack.intent", run, RunpackShapes.Intent, digests.OfIntent),
            Results = RecordCompletion.Lines(input, "results", "gait.runpack.result", run, RunpackShapes.Result, digests.OfResult),
            Refs = RecordCompletion.Complete(
                RecordedReferences.Complete(input["refs"], mode),
                "gait.runpack.refs",
                run,
                RunpackShapes.Refs,
                "refs"
            ),
            Warnings = warnings,
        };
        DemandDistinct(recording.Intents, "intents");
        DemandDistinct(recording.Results, "results");
        return recording;
    }

    private static void DemandDistinct(IReadOnlyList<JsonObject> records, string name)
    {
        if (records.DistinctBy(record => record.Text("intent_id"), StringComparer.Ordinal).Count() < records.Count)
        {
            throw new RunRecordingException($"Two {name} have the same 'intent_id'.");
        }
    }
}
