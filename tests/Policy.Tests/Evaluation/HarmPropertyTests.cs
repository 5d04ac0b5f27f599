using System.Collections.Frozen;
using FsCheck;
using FsCheck.Fluent;
using Gateway.Policy.Actions;
using Gateway.Policy.Compilation;
using Gateway.Policy.Model;
using Gateway.Policy.Rules.Documents;
using Gateway.Policy.Tests.Generators;

namespace Gateway.Policy.Tests.Evaluation;

/// <summary>
/// What takes something away or restricts something never gives a laxer verdict, in any governance: ten thousand random ones each.
/// </summary>
public sealed class HarmPropertyTests
{
    private static readonly Config Often = Config.QuickThrowOnFailure.WithMaxTest(10_000);

    [Fact]
    public void ARemovedPermission_IsNeverLaxer() =>
        Never(
            c => Gen.Elements(Granted(c)),
            (c, gone) => WithDossier(c, d => d with { Permissions = d.Permissions.Where(p => p.Key != gone).ToFrozenDictionary() })
        );

    [Fact]
    public void ALowerLevel_IsNeverLaxer() =>
        Never(_ => Gen.Choose(0, 4), (c, level) => c with { Facts = c.Facts with { Level = Lower(c.Facts.Level, (AtfLevel)level) } });

    [Fact]
    public void AFailedControl_IsNeverLaxer() => Never(_ => Gen.Elements(Failures), (c, failure) => WithDossier(c, failure));

    /// <summary>A failed test, a risk and a finding speak against the agent: without one a decision may well be laxer.</summary>
    [Fact]
    public void EvidenceThatIsDroppedAgedOrDatedAhead_IsNeverLaxer() =>
        Never(_ => Gen.Elements(Evidence), (c, harm) => WithDossier(c, d => Backed(harm(d))));

    [Fact]
    public void AGateThatIsDropped_AndDemandsNothingByItself_IsNeverLaxer() =>
        Never(
            c => Gen.Choose(0, Math.Max(0, Gates(c).Count - 1)),
            (c, gone) => WithTenant(c, t => t with { Gates = [.. t.Gates.Where((gate, i) => i != gone || gate.Always)] })
        );

    [Fact]
    public void ARestrictingRuleMore_IsNeverLaxer() =>
        Never(_ => Policies.Rule.Where(rule => rule.Effect != Verdict.Allow), (c, rule) => WithRules(c, rules => [.. rules, rule]));

    [Fact]
    public void AConditionThatThrows_IsNeverLaxer() =>
        Never(
            _ => Policies.Rule.Two().Select(rules => new[] { rules.Item1, rules.Item2 }),
            (c, more) => WithRules(c, rules => [.. rules, .. more]),
            (c, more) => WithRules(c, rules => [.. rules, .. more.Select(rule => rule with { Condition = Policies.Throwing })])
        );

    [Fact]
    public void ASuspension_AlwaysBlocks() =>
        Prop.ForAll(
                Worlds.Any.ToArbitrary(),
                c => (c with { Facts = c.Facts with { Status = LifecycleStatus.Suspended } }).Judge().Verdict == Verdict.Block
            )
            .Check(Often);

    private static readonly Func<AgentDossier, AgentDossier>[] Failures =
    [
        d => d with { Agent = d.Agent with { HumanOwner = null } },
        d => d with { Agent = d.Agent with { SecurityOwner = "" } },
        d => d with { Agent = d.Agent with { Status = LifecycleStatus.Retired } },
        d => d with { Agent = d.Agent with { Risk = RiskTier.Critical } },
        d => d with { DataFlows = [] },
        d => d with { Playbooks = [] },
        d => d with { RedTeamTests = [] },
        d =>
            d with
            {
                OpenFindings = [.. d.OpenFindings, new Finding(d.Agent.Tenant, "x", d.Agent.Id, RiskTier.Critical, true, false, default)],
            },
        d => d with { Permissions = d.Permissions.ToFrozenDictionary(p => p.Key, p => p.Value with { AuditLogging = false }) },
    ];

    private static readonly Func<AgentDossier, AgentDossier>[] Evidence =
    [
        d => d with { Playbooks = [.. d.Playbooks.Skip(1)] },
        d => d with { Playbooks = [.. d.Playbooks.Select(p => p with { Owner = " " })] },
        d => d with { Playbooks = [.. d.Playbooks.Select(p => p with { TestedOn = null })] },
        d => d with { Playbooks = [.. d.Playbooks.Select(p => p with { TestedOn = p.TestedOn?.AddDays(-4000) })] },
        d => d with { Playbooks = [.. d.Playbooks.Select(p => p with { TestedOn = p.TestedOn?.AddYears(30) })] },
        d => d with { RedTeamTests = [.. d.RedTeamTests.Where(t => !t.Passed)] },
        d => d with { RedTeamTests = [.. d.RedTeamTests.Select(t => t with { Passed = false })] },
        d => d with { RedTeamTests = [.. d.RedTeamTests.Select(t => t with { On = t.On.AddDays(-4000) })] },
        d => d with { RedTeamTests = [.. d.RedTeamTests.Select(t => t with { On = t.On.AddYears(30) })] },
        d => d with { DataFlows = [.. d.DataFlows.Skip(1)] },
        d => d with { DataFlows = [.. d.DataFlows.Select(f => f with { Data = DataClasses.Public })] },
        d => d with { Agent = d.Agent with { HumanOwner = null } },
        d => d with { Agent = d.Agent with { Promotions = [.. d.Agent.Promotions.Skip(1)] } },
        d => d with { Agent = d.Agent with { Promotions = [.. d.Agent.Promotions.Select(p => p with { On = p.On.AddYears(30) })] } },
        d => d with { Agent = d.Agent with { Promotions = [.. d.Agent.Promotions.Select(p => p with { SignedBy = ["Cy"] })] } },
        d =>
            d with
            {
                Agent = d.Agent with { Promotions = [.. d.Agent.Promotions.Select(p => p with { SignedBy = [.. p.SignedBy.Skip(1)] })] },
            },
        d =>
            d with
            {
                Agent = d.Agent with
                {
                    Promotions =
                    [
                        .. d.Agent.Promotions.Select(p => p with { SignedBy = [.. new[] { "Ada", "ben" }.Take(p.SignedBy.Count)] }),
                    ],
                },
            },
    ];

    private static void Never<T>(Func<Judged, Gen<T>> harms, Func<Judged, T, Judged> apply) => Never(harms, (c, _) => c, apply);

    private static void Never<T>(Func<Judged, Gen<T>> harms, Func<Judged, T, Judged> first, Func<Judged, T, Judged> then) =>
        Prop.ForAll(
                Worlds.Any.SelectMany(c => harms(c).Select(harm => (c, harm))).ToArbitrary(),
                x =>
                {
                    var (before, after) = (first(x.c, x.harm).Judge(), then(x.c, x.harm).Judge());
                    return (after.Verdict <= before.Verdict).Label($"{before.Verdict} became {after.Verdict}");
                }
            )
            .Check(Often);

    private static (Id<Connector>, Id<Operation>)[] Granted(Judged c) =>
        c.Snapshot.Find(c.Intent.Tenant)?.Agents.GetValueOrDefault(c.Intent.Agent)?.Permissions.Keys.Append(default).ToArray() ?? [default];

    private static IReadOnlyList<ApprovalGate> Gates(Judged c) => c.Snapshot.Find(c.Intent.Tenant)?.Gates ?? [];

    private static AgentDossier Backed(AgentDossier d) =>
        d with
        {
            Backing = LevelBacking.Compute(d.Agent, d.Profile, new AgentEvidence(d.Playbooks, d.RedTeamTests, d.OpenFindings)),
        };

    private static AtfLevel Lower(AtfLevel? now, AtfLevel level) => now < level ? now.Value : level;

    private static Judged WithDossier(Judged c, Func<AgentDossier, AgentDossier> change) =>
        WithTenant(
            c,
            t => t with { Agents = t.Agents.ToFrozenDictionary(a => a.Key, a => a.Key == c.Intent.Agent ? change(a.Value) : a.Value) }
        );

    private static Judged WithRules(Judged c, Func<IReadOnlyList<RuleDefinition>, IReadOnlyList<RuleDefinition>> change) =>
        WithTenant(
            c,
            t =>
                t with
                {
                    Policies = Policies.Compiled(change([.. t.Policies.All.SelectMany(p => p.Document.Rules.Rules)]), t.Connectors.Values),
                }
        );

    private static Judged WithTenant(Judged c, Func<TenantSnapshot, TenantSnapshot> change) =>
        c with
        {
            Snapshot = new Snapshot(default, c.Snapshot.Tenants.Select(id => change(c.Snapshot.Find(id)!))),
        };
}
