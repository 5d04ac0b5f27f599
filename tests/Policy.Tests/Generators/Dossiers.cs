using System.Collections.Frozen;
using FsCheck;
using FsCheck.Fluent;
using Gateway.Policy.Actions;
using Gateway.Policy.Model;

namespace Gateway.Policy.Tests.Generators;

/// <summary>Random agents with what is on record about them.</summary>
internal static class Dossiers
{
    private static readonly Id<Agent> Nobody = Id<Agent>.Parse("agent");

    private static readonly DateOnly InTime = new(2029, 12, 30);
    private static readonly DateOnly Old = new(2020, 1, 1);
    private static readonly DateOnly Ahead = new(2031, 1, 1);

    private static readonly Gen<WorkingHours?> Hours =
        from some in Worlds.Rarely(16)
        from day in Gen.Elements(DayOfWeek.Wednesday, DayOfWeek.Sunday)
        from hour in Gen.Choose(0, 22)
        select some ? new WorkingHours(TimeZoneInfo.Utc, [day, DayOfWeek.Monday], hour * 60, (hour + 1) * 60) : null;

    public static Gen<AgentDossier> Of(Profile profile, IReadOnlyList<Connector> connectors) =>
        from agent in Agents(connectors)
        from permissions in Permissions(connectors)
        from flow in Worlds.Rarely(2)
        from playbooks in Gen.SubListOf(IncidentScenario.PromptInjection, IncidentScenario.UnauthorisedAction, IncidentScenario.RogueAgent)
        from tests in Gen.Elements<bool[]>([], [true], [true], [false], [true, false])
        from dates in Gen.ArrayOf(Gen.Frequency((8, Gen.Constant(InTime)), (1, Gen.Elements(Old, Ahead))), 5)
        from findings in Gen.Frequency((3, Gen.Constant(new List<Finding>())), (1, Gen.ListOf(Findings).Select(list => list.ToList())))
            .Select(list => list.Take(2).ToList())
        select Build(agent, profile, permissions, flow ? connectors : [], playbooks, tests, dates, findings);

    private static AgentDossier Build(
        Agent agent,
        Profile profile,
        Dictionary<(Id<Connector>, Id<Operation>), ToolPermission> permissions,
        IReadOnlyList<Connector> flows,
        IEnumerable<IncidentScenario> playbooks,
        bool[] tests,
        DateOnly[] dates,
        IReadOnlyList<Finding> findings
    )
    {
        var evidence = new AgentEvidence(
            [.. playbooks.Select((s, i) => new Playbook(Worlds.Tenant, s.ToString(), agent.Id, s, "Ada", dates[i], default))],
            [.. tests.Select((passed, i) => new RedTeamTest(Worlds.Tenant, $"test-{i}", agent.Id, passed, dates[3 + i], default))],
            [.. findings.Select((f, i) => f with { Name = $"problem-{i}" })]
        );
        return new AgentDossier
        {
            Agent = agent,
            Limits = new AgentLimits(agent, null),
            Profile = profile,
            Backing = LevelBacking.Compute(agent, profile, evidence),
            Permissions = permissions.ToFrozenDictionary(),
            DataFlows =
            [
                .. flows.Select(c => new DataFlow
                {
                    Tenant = Worlds.Tenant,
                    Name = $"flow-{c.Id}",
                    Agent = agent.Id,
                    Connector = c.Id,
                    Data = DataClasses.Pii,
                    Source = default,
                }),
            ],
            Playbooks = evidence.Playbooks,
            RedTeamTests = evidence.Tests,
            OpenFindings = evidence.Open,
        };
    }

    private static Gen<Agent> Agents(IReadOnlyList<Connector> connectors) =>
        from status in Gen.Frequency((20, Gen.Constant(LifecycleStatus.Active)), (1, Gen.Constant(LifecycleStatus.Suspended)))
        from level in Gen.Frequency((1, Gen.Elements(Enum.GetValues<AtfLevel>())), (3, Gen.Elements(AtfLevel.L3, AtfLevel.L4)))
        from risk in Connectors.Risks
        from owners in Gen.Choose(0, 20)
        from hours in Hours
        from some in Gen.Choose(0, 63)
        from promoted in Gen.Choose(0, 4)
        select new Agent
        {
            Tenant = Worlds.Tenant,
            Workspace = Worlds.Workspace,
            Id = Nobody,
            HumanOwner = owners == 1 ? null : "Ada",
            SecurityOwner = owners == 2 ? null : "Ben",
            Purpose = (some & 1) != 0 ? "Answers." : "",
            Status = status,
            Level = level,
            Risk = risk,
            BearerTools = (some & 2) != 0,
            Purposes = (some & 4) != 0 ? ["support"] : [],
            Capabilities =
                (some & 28) == 28 ? new CapabilityManifest(connectors.Select(c => (c.Id, c.Operations[0].Id)).ToFrozenSet()) : null,
            Limits = new((some & 32) != 0 ? new RateLimit(1, TimeSpan.FromMinutes(1), 1) : null, null, null, LimitKinds.None),
            Cumulative = (some & 33) == 33 ? new CumulativeLimit(1, null, null, TimeSpan.FromDays(1)) : null,
            Demote =
                some == 1
                    ? new Demotion(
                        DemotionTriggers.OpenFindings | DemotionTriggers.OpenCriticalRisk | DemotionTriggers.FailedRedTeamTest,
                        AtfLevel.L1,
                        2
                    )
                    : null,
            Hours = hours,
            Promotions =
            [
                .. Enumerable
                    .Range(2, Math.Max(0, promoted - 1))
                    .Select(i => new Promotion((AtfLevel)i, new DateOnly(2030, 1, 1 + (i % 3)), ["Cy", "Di"])),
            ],
            Source = default,
        };

    private static Gen<Dictionary<(Id<Connector>, Id<Operation>), ToolPermission>> Permissions(IReadOnlyList<Connector> connectors) =>
        from terms in Gen.ArrayOf(Terms, connectors.Count)
        select connectors
            .Zip(terms)
            .Where(c => c.Second.Name.Length > 0)
            .SelectMany(c => c.First.Operations.Select(o => (Key: (c.First.Id, o.Id), Value: c.Second with { Connector = c.First.Id })))
            .ToDictionary(p => p.Key, p => p.Value);

    private static Gen<ToolPermission> Terms =>
        from none in Worlds.Rarely(10)
        from logging in Worlds.Rarely(16)
        from approval in Worlds.Rarely(3)
        from dryRun in Worlds.Rarely()
        from hours in Hours
        from limit in Connectors.Limits
        select new ToolPermission
        {
            Tenant = Worlds.Tenant,
            Name = none ? "" : "permission",
            Agent = Nobody,
            Connector = default,
            Operations = [],
            AuditLogging = !logging,
            HumanApproval = approval,
            DryRun = dryRun,
            Transaction = limit,
            Hours = hours,
            Source = default,
        };

    private static Gen<Finding> Findings =>
        from tier in Connectors.Risks
        from risk in Worlds.Rarely(2)
        select new Finding(Worlds.Tenant, "", Nobody, tier, true, risk, default);
}
