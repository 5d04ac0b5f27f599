using Gateway.Policy.Model;

namespace Gateway.Policy.Actions;

/// <summary>What is on record about one agent, as far as its level depends on it.</summary>
public sealed record AgentEvidence(IReadOnlyList<Playbook> Playbooks, IReadOnlyList<RedTeamTest> Tests, IReadOnlyList<Finding> Open)
{
    private static readonly IncidentScenario[] Scenarios =
    [
        .. Enum.GetValues<IncidentScenario>().Where(s => s != IncidentScenario.Unspecified),
    ];

    public bool HasEveryPlaybook => Scenarios.All(s => Playbooks.Any(p => p.Scenario == s && !string.IsNullOrWhiteSpace(p.Owner)));

    public bool HasPassedTest => Tests.Any(t => t.Passed);

    public bool Triggers(Demotion demotion) =>
        (demotion.On.HasFlag(DemotionTriggers.OpenCriticalFinding) && Open.Any(f => !f.IsRisk && IsCritical(f)))
        || (demotion.On.HasFlag(DemotionTriggers.OpenCriticalRisk) && Open.Any(f => f.IsRisk && IsCritical(f)))
        || (demotion.On.HasFlag(DemotionTriggers.OpenFindings) && Open.Count(f => !f.IsRisk) >= demotion.Count)
        || (demotion.On.HasFlag(DemotionTriggers.FailedRedTeamTest) && Tests.Any(t => !t.Passed));

    private static bool IsCritical(Finding finding) => finding.Tier is RiskTier.Critical or RiskTier.Unspecified;
}
