using System.Text.Json.Nodes;
using Gateway.Gait.Artifacts;
using Gateway.Gait.Packs.Runs;

namespace Gateway.Cli.Commands.Runs;

/// <summary>What two runs did differently, for programs and in a sentence.</summary>
internal static class RunDifferenceView
{
    /// <summary>The first thing that differs, in the order of how much it says.</summary>
    public static string First(RunDifference d) =>
        d.FilesChanged.Count > 0 ? $"The file '{d.FilesChanged[0]}' is in one of the packs only."
        : d.IntentsChanged ? $"The intent '{d.ChangedIntents.Concat(d.LeftOnlyIntents).Concat(d.RightOnlyIntents).First()}' differs."
        : d.ResultsChanged ? $"The result of '{d.ChangedResults.Concat(d.LeftOnlyResults).Concat(d.RightOnlyResults).First()}' differs."
        : d.RefsChanged ? $"The context differs: {d.ContextDrift}."
        : "Both did the same; the runs' names, times or producers differ.";

    public static JsonObject Of(RunDifference d) =>
        new()
        {
            ["run_id_left"] = d.LeftRunId,
            ["run_id_right"] = d.RightRunId,
            ["manifest_changed"] = d.ManifestChanged,
            ["files_changed"] = d.FilesChanged.ToJson(),
            ["intents_changed"] = d.IntentsChanged,
            ["results_changed"] = d.ResultsChanged,
            ["refs_changed"] = d.RefsChanged,
            ["changed_intents"] = d.ChangedIntents.ToJson(),
            ["changed_results"] = d.ChangedResults.ToJson(),
            ["left_only_intents"] = d.LeftOnlyIntents.ToJson(),
            ["right_only_intents"] = d.RightOnlyIntents.ToJson(),
            ["left_only_results"] = d.LeftOnlyResults.ToJson(),
            ["right_only_results"] = d.RightOnlyResults.ToJson(),
            ["context_drift_classification"] = d.ContextDrift,
            ["context_runtime_only_changes"] = d.ContextDrift == ContextDrift.RuntimeOnly,
        };
}
