using Gateway.Policy.Rules.Intents;

namespace Gateway.Policy.Rules.Evaluation;

/// <summary>Which emergency stops an intent meets. A stop for a tool or a target also meets a script that has it in a step.</summary>
internal static class KillSwitchCheck
{
    public static KillSwitchDecision Check(KillSwitch killSwitch, RuleIntent intent, DateTimeOffset now)
    {
        var (reasons, ids) = (new List<string>(), new List<string>());
        foreach (var entry in killSwitch.Entries)
        {
            if (entry.Enabled && (entry.ExpiresAt.IsZero || entry.ExpiresAt > new GoTime(now.UtcDateTime)) && Meets(entry, intent))
            {
                ids.Add(entry.EntryId);
                reasons.AddRange(["kill_switch_active", .. Reasons(entry)]);
            }
        }

        return new KillSwitchDecision(reasons.Count > 0 ? "active" : "inactive", CodeList.Normalise(reasons), CodeList.Normalise(ids));
    }

    private static bool Meets(KillSwitchEntry entry, RuleIntent intent) =>
        Is(entry.AgentId, intent.Context.AgentId)
        && Is(entry.Identity, intent.Context.Identity)
        && (
            entry.Environment.Length == 0
            || string.Equals(entry.Environment, intent.Context.Environment, StringComparison.OrdinalIgnoreCase)
        )
        && (Is(entry.ToolName, intent.ToolName) || intent.Steps.Any(step => step.ToolName == entry.ToolName))
        && ((entry.TargetKind.Length == 0 && entry.TargetValue.Length == 0) || AllTargets(intent).Any(target => IsTarget(entry, target)))
        && (
            entry.PathPrefixes.Count == 0
            || AllTargets(intent).Any(target => target.IsPath && IsBelow(entry.PathPrefixes, target.CleanValue))
        )
        && (entry.WorkspacePrefixes.Count == 0 || IsBelow(entry.WorkspacePrefixes, CleanedPath.ForMatching(intent.Context.Workspace)));

    private static IEnumerable<string> Reasons(KillSwitchEntry entry)
    {
        (bool Given, string Name)[] selectors =
        [
            (entry.AgentId.Length > 0, "agent_id"),
            (entry.Identity.Length > 0, "identity"),
            (entry.ToolName.Length > 0, "tool_name"),
            (entry.Environment.Length > 0, "environment"),
            (entry.TargetKind.Length + entry.TargetValue.Length > 0, "target"),
            (entry.PathPrefixes.Count > 0, "path"),
            (entry.WorkspacePrefixes.Count > 0, "workspace"),
        ];
        return selectors.Where(selector => selector.Given).Select(selector => $"kill_switch_{selector.Name}_active");
    }

    private static bool Is(string wanted, string actual) => wanted.Length == 0 || wanted == actual;

    private static bool IsTarget(KillSwitchEntry entry, IntentTargetFact target) =>
        Is(entry.TargetKind, target.Kind)
        && (Is(entry.TargetValue, target.Value) || Is(entry.TargetValue, target.CleanValue) || Is(entry.TargetValue, target.ActualDomain));

    private static bool IsBelow(IReadOnlyList<string> prefixes, string value) =>
        prefixes.Any(prefix => CleanedPath.IsAtOrBelow(value, prefix));

    private static IEnumerable<IntentTargetFact> AllTargets(RuleIntent intent) =>
        intent.Targets.Concat(intent.Steps.SelectMany(step => step.Targets));
}
