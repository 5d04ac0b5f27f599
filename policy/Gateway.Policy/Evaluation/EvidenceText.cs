using System.Text;
using Gateway.Policy.Actions;
using Gateway.Policy.Model;

namespace Gateway.Policy.Evaluation;

/// <summary>What of an agent's evidence is missing, each thing by its name, as a path says it. Made only where something is.</summary>
internal static class EvidenceText
{
    public static bool IsCritical(Finding finding) => finding.Tier is RiskTier.Critical or RiskTier.Unspecified;

    /// <summary><c>missing=rogue_agent stale=rogue</c>: the scenarios, then the playbooks that don't count, and why.</summary>
    public static string Playbooks(IReadOnlyList<Playbook> playbooks, int rehearsed, EvidenceAges ages, DateOnly day)
    {
        var text = new StringBuilder("missing=");
        var first = text.Length;
        for (
            var scenario = AgentEvidence.Missing(rehearsed);
            scenario != IncidentScenario.Unspecified;
            scenario = AgentEvidence.Missing(rehearsed, scenario + 1)
        )
        {
            text.Append(text.Length == first ? "" : ",").Append(Vocabulary.Scenario.Text(scenario));
        }

        Append(text, "unowned", playbooks, p => string.IsNullOrWhiteSpace(p.Owner), p => p.Name);
        Append(text, "untested", playbooks, p => Is(p, EvidenceStanding.Never), p => p.Name);
        Append(text, "ahead", playbooks, p => Is(p, EvidenceStanding.Ahead), p => p.Name);
        Append(text, "stale", playbooks, p => Is(p, EvidenceStanding.Stale), p => p.Name);
        return text.ToString();

        bool Is(Playbook playbook, EvidenceStanding standing) =>
            !string.IsNullOrWhiteSpace(playbook.Owner) && EvidenceAges.Of(playbook.TestedOn, ages.Playbooks, day) == standing;
    }

    /// <summary><c>open=3 critical=f-1,f-2</c></summary>
    public static string Findings(IReadOnlyList<Finding> open)
    {
        var text = new StringBuilder(InputText.Count("open", open.Count));
        Append(text, "critical", open, IsCritical, f => f.Name);
        return text.ToString();
    }

    /// <summary><c> failed=a ahead=b stale=c</c>; <c> tests=none</c> where there is none.</summary>
    public static string Tests(IReadOnlyList<RedTeamTest> tests, EvidenceAges ages, DateOnly day)
    {
        var text = new StringBuilder(tests.Count == 0 ? " tests=none" : "");
        Append(text, "failed", tests, t => !t.Passed, t => t.Name);
        Append(text, "ahead", tests, t => t.Passed && Of(t) == EvidenceStanding.Ahead, t => t.Name);
        Append(text, "stale", tests, t => t.Passed && Of(t) == EvidenceStanding.Stale, t => t.Name);
        return text.ToString();

        EvidenceStanding Of(RedTeamTest test) => EvidenceAges.Of(test.On, ages.RedTeam, day);
    }

    private static void Append<T>(StringBuilder text, string name, IReadOnlyList<T> all, Func<T, bool> isIt, Func<T, string> nameOf)
    {
        var separator = $" {name}=";
        foreach (var one in all)
        {
            if (isIt(one))
            {
                text.Append(separator).Append(nameOf(one));
                separator = ",";
            }
        }
    }
}
