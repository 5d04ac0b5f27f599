namespace Gateway.Gait.Signals;

/// <summary>How bad a kind of incident is: by what the tools do, what they reached, and what said no.</summary>
internal static class SignalSeverity
{
    private static readonly string[] Postures = ["policy", "approval", "block", "credential"];

    public static int Score(RunFingerprint run)
    {
        var weight = run.Actions.Count == 0 ? 1 : run.Actions.Max(action => ToolClass.Classify(action).Weight);
        var sensitivity = run.TargetSystems.Select(Sensitivity).DefaultIfEmpty(1).Max();
        var posture =
            run.Reasons.Any(reason => Postures.Any(word => reason.Contains(word, StringComparison.Ordinal))) ? 2
            : run.Reasons.Count > 0 ? 1
            : 0;
        return (30 * weight) + (15 * sensitivity) + (10 * posture) + Math.Min(run.Reasons.Count, 9);
    }

    public static string Level(int severity) =>
        severity switch
        {
            >= 150 => "critical",
            >= 110 => "high",
            >= 70 => "medium",
            _ => "low",
        };

    private static int Sensitivity(string system) =>
        Has(system, "prod", "payment", "finance", "customer", "pii", "db") ? 3
        : Has(system, "internal", "staging", "queue") ? 2
        : 1;

    private static bool Has(string system, params string[] words) => words.Any(word => system.Contains(word, StringComparison.Ordinal));
}
