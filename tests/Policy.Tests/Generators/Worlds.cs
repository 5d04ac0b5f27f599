using System.Collections.Frozen;
using FsCheck;
using FsCheck.Fluent;
using Gateway.Policy.Actions;
using Gateway.Policy.Compilation;
using Gateway.Policy.Model;

namespace Gateway.Policy.Tests.Generators;

/// <summary>
/// Random small governance with an intent and facts: one tenant, one workspace, up to two agents, up to two connectors. Made as records, so
/// that ten thousand take a second or two; most have few gaps, as real ones have.
/// </summary>
internal static class Worlds
{
    public static readonly Id<Tenant> Tenant = Id<Tenant>.Parse("demo");
    public static readonly Id<Workspace> Workspace = Id<Workspace>.Parse("main");

    public static Gen<Judged> Any { get; } =
        from profile in Gen.Elements(BuiltInProfiles.Gamut, BuiltInProfiles.Gamut, BuiltInProfiles.AtfStrict)
        from connectors in Gen.NonEmptyListOf(Connectors.Any).Select(list => Named(list))
        from agents in Gen.NonEmptyListOf(Dossiers.Of(profile, connectors)).Select(list => Renamed(list))
        from gates in Gates.Of(connectors).ListOf().Select(list => list.Take(2).Select((g, i) => g with { Name = $"gate-{i}" }).ToList())
        from policies in Policies.Of(connectors)
        from environment in Gen.Elements(DeploymentEnvironment.Development, DeploymentEnvironment.Production)
        from intent in Intents.Of(agents, connectors)
        from facts in Intents.Facts
        select new Judged(Snapshot(profile, connectors, agents, gates, policies, environment), intent, facts);

    public static Snapshot Snapshot(
        Profile profile,
        IReadOnlyList<Connector> connectors,
        IReadOnlyList<AgentDossier> agents,
        IReadOnlyList<ApprovalGate> gates,
        PolicySet policies,
        DeploymentEnvironment environment
    ) =>
        new(
            default,
            [
                new TenantSnapshot
                {
                    Tenant = new Tenant
                    {
                        Id = Tenant,
                        Profile = profile.Id,
                        Source = default,
                    },
                    Workspaces = new[]
                    {
                        new Workspace
                        {
                            Tenant = Tenant,
                            Id = Workspace,
                            Environment = environment,
                            Source = default,
                        },
                    }.ToFrozenDictionary(w => w.Id),
                    Agents = agents.ToFrozenDictionary(a => a.Agent.Id),
                    Connectors = connectors.ToFrozenDictionary(c => c.Id),
                    Gates = gates,
                    Policies = policies,
                    ModelConnectors = [.. connectors.Where(c => c.Models.Count > 0)],
                },
            ]
        );

    /// <summary>True with the odds of one in so many.</summary>
    public static Gen<bool> Rarely(int odds = 8) => Gen.Choose(1, odds).Select(n => n == 1);

    private static List<Connector> Named(IEnumerable<Connector> list) =>
        [.. list.Take(2).Select((c, i) => c with { Id = Id<Connector>.Parse($"system-{i}"), TargetSystem = $"system-{i}" })];

    private static List<AgentDossier> Renamed(IEnumerable<AgentDossier> list) =>
        [.. list.Take(2).Select((d, i) => d with { Agent = d.Agent with { Id = Id<Agent>.Parse($"agent-{i}") } })];
}
