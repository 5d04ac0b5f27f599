using System.Collections.Frozen;
using Gateway.Policy.Actions;
using Gateway.Policy.Model;

namespace Gateway.Authoring.Changes;

/// <summary>Gives an agent what its profile asks for at a level.</summary>
internal static class Backing
{
    /// <returns>The dossier with it, and the names of what was given, in the order of the documentation.</returns>
    public static (AgentDossier Dossier, IReadOnlyList<string> Given) Give(AgentDossier dossier, Intent intent, AtfLevel level, DateOnly on)
    {
        var given = new List<string>();
        foreach (var requirement in Vocabulary.Requirement.Values)
        {
            var evidence = new AgentEvidence(dossier.Playbooks, dossier.RedTeamTests, dossier.OpenFindings);
            if (
                dossier.Profile.Demands(requirement, level)
                && !LevelBacking.IsMet(requirement, dossier.Agent, dossier.Profile, evidence, on)
            )
            {
                dossier = Give(dossier, intent, requirement, on);
                given.Add(Vocabulary.Requirement.Text(requirement));
            }
        }

        for (var step = AtfLevel.L2; step <= level; step++)
        {
            var needed = dossier.Profile.SignOffs[(int)step - 1];
            if (
                needed > 0
                && !dossier.Agent.Promotions.Any(p =>
                    p.To == step && p.On <= on && LevelBacking.IsSigned(p, dossier.Agent, dossier.Profile)
                )
            )
            {
                var people = Enumerable.Range(1, needed).Select(i => $"{Placeholder.Person} {i}"); // Nobody's name, so no owner's.
                var who = dossier.Profile.IndependentFrom <= step ? " who don't own it" : "";
                dossier = dossier with
                {
                    Agent = dossier.Agent with { Promotions = [.. dossier.Agent.Promotions, new Promotion(step, on, [.. people])] },
                };
                given.Add($"a promotion to {step} signed by {needed}{who}");
            }
        }

        return (dossier, given);
    }

    private static AgentDossier Give(AgentDossier dossier, Intent intent, LevelRequirement requirement, DateOnly on)
    {
        var agent = dossier.Agent;
        return requirement switch
        {
            LevelRequirement.Purpose => dossier with { Agent = agent with { Purpose = "(its purpose)" } },
            LevelRequirement.Capabilities => dossier with { Agent = agent with { Capabilities = Manifest(dossier, intent) } },
            LevelRequirement.Rate => dossier with
            {
                Agent = agent with { Limits = agent.Limits with { Rate = new RateLimit(1, TimeSpan.FromMinutes(1), 1) } },
            },
            LevelRequirement.Cumulative => dossier with
            {
                Agent = agent with { Cumulative = new CumulativeLimit(1, null, null, TimeSpan.FromDays(1)) },
            },
            LevelRequirement.Playbooks => dossier with { Playbooks = Playbooks(dossier, on) },
            LevelRequirement.RedTeam => dossier with { RedTeamTests = [.. dossier.RedTeamTests, PassRedTeamTest.Passed(agent, on)] },
            LevelRequirement.Transaction or LevelRequirement.None => dossier, // Asked of each action, by LimitTransaction.
        };
    }

    public static IReadOnlyList<Playbook> Playbooks(AgentDossier dossier, DateOnly on) =>
        [
            .. dossier.Playbooks,
            .. Missing(dossier, on)
                .Select(s => new Playbook(
                    dossier.Agent.Tenant,
                    Words.Snake(s.ToString()),
                    dossier.Agent.Id,
                    s,
                    Placeholder.Person,
                    on,
                    Placeholder.Source
                )),
        ];

    /// <summary>The scenarios that no owned playbook is for whose test counts on the day.</summary>
    public static IEnumerable<IncidentScenario> Missing(AgentDossier dossier, DateOnly on)
    {
        var rehearsed = AgentEvidence.Rehearsed(dossier.Playbooks, dossier.Profile.Ages, on);
        return Vocabulary.Scenario.Values.Where(s => (rehearsed & (1 << (int)s)) == 0);
    }

    private static CapabilityManifest Manifest(AgentDossier dossier, Intent intent) =>
        new(
            dossier
                .Permissions.Keys.Append((intent.Connector, intent.Operation))
                .Concat(intent.HostedTools.Select(tool => (intent.Connector, tool)))
                .ToFrozenSet()
        );
}

/// <summary>What stands in proposed documents where their author would say more.</summary>
internal static class Placeholder
{
    public const string Person = "(a named person)";
    public const string Group = "(an approver group)";

    public static SourcePosition Source { get; } = new("(proposed)", 0, 0);

    public static FrozenDictionary<(Id<Connector>, Id<Operation>), ToolPermission> NoPermissions { get; } =
        FrozenDictionary<(Id<Connector>, Id<Operation>), ToolPermission>.Empty;
}
