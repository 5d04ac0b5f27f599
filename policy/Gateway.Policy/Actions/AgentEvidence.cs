using Gateway.Policy.Model;

namespace Gateway.Policy.Actions;

/// <summary>What is on record about one agent, as far as its level depends on it.</summary>
public sealed record AgentEvidence(IReadOnlyList<Playbook> Playbooks, IReadOnlyList<RedTeamTest> Tests, IReadOnlyList<Finding> Open)
{
    /// <summary>The scenarios, each as the bit of its number, that an owned playbook is for whose test counts on a day.</summary>
    public static int Rehearsed(IReadOnlyList<Playbook> playbooks, EvidenceAges ages, DateOnly day)
    {
        var found = 0;
        for (var i = 0; i < playbooks.Count; i++)
        {
            var playbook = playbooks[i];
            if (
                !string.IsNullOrWhiteSpace(playbook.Owner)
                && EvidenceAges.Of(playbook.TestedOn, ages.Playbooks, day) == EvidenceStanding.Counts
            )
            {
                found |= 1 << (int)playbook.Scenario;
            }
        }

        return found;
    }

    /// <summary>The first scenario, from this one on, that isn't among those rehearsed; unspecified for none.</summary>
    public static IncidentScenario Missing(int rehearsed, IncidentScenario from = IncidentScenario.PromptInjection)
    {
        for (var scenario = from; scenario <= IncidentScenario.RogueAgent; scenario++)
        {
            if ((rehearsed & (1 << (int)scenario)) == 0)
            {
                return scenario;
            }
        }

        return IncidentScenario.Unspecified;
    }

    /// <summary>A passed test that counts on a day; null for none.</summary>
    public static RedTeamTest? PassedTest(IReadOnlyList<RedTeamTest> tests, EvidenceAges ages, DateOnly day)
    {
        for (var i = 0; i < tests.Count; i++)
        {
            if (tests[i].Passed && EvidenceAges.Of(tests[i].On, ages.RedTeam, day) == EvidenceStanding.Counts)
            {
                return tests[i];
            }
        }

        return null;
    }

    /// <summary>Whether a later day can give another answer.</summary>
    public bool ChangesAfter(EvidenceAges ages, DateOnly day)
    {
        for (var i = 0; i < Playbooks.Count; i++)
        {
            if (EvidenceAges.Changes(Playbooks[i].TestedOn, ages.Playbooks, day))
            {
                return true;
            }
        }

        for (var i = 0; i < Tests.Count; i++)
        {
            if (EvidenceAges.Changes(Tests[i].On, ages.RedTeam, day))
            {
                return true;
            }
        }

        return false;
    }

    public bool Triggers(Demotion demotion) =>
        (demotion.On.HasFlag(DemotionTriggers.OpenCriticalFinding) && Open.Any(f => !f.IsRisk && IsCritical(f)))
        || (demotion.On.HasFlag(DemotionTriggers.OpenCriticalRisk) && Open.Any(f => f.IsRisk && IsCritical(f)))
        || (demotion.On.HasFlag(DemotionTriggers.OpenFindings) && Open.Count(f => !f.IsRisk) >= demotion.Count)
        || (demotion.On.HasFlag(DemotionTriggers.FailedRedTeamTest) && Tests.Any(t => !t.Passed));

    private static bool IsCritical(Finding finding) => finding.Tier is RiskTier.Critical or RiskTier.Unspecified;
}
