using System.Collections.Frozen;
using Gateway.Policy.Actions;
using Gateway.Policy.Compilation;
using Gateway.Policy.Evaluation;
using Gateway.Policy.Model;

namespace Gateway.Authoring.Changes;

/// <summary>One question to the evaluator: an intent, the facts, and as much governance as the answer can depend on. Immutable.</summary>
public sealed class Situation
{
    private readonly TenantSnapshot? _tenant;
    private Snapshot? _snapshot;

    private Situation(TenantSnapshot? tenant, Intent intent, Facts facts, ApprovalsGiven approvals) =>
        (_tenant, Intent, Facts, Approvals) = (tenant, intent, facts, approvals);

    public Intent Intent { get; }

    public Facts Facts { get; }

    /// <summary>The gates whose approvers have said yes.</summary>
    internal ApprovalsGiven Approvals { get; }

    /// <summary>Null where there is no such tenant. The agent of a changed one is the only one.</summary>
    internal TenantSnapshot? Tenant => _tenant;

    /// <summary>Null where the agent isn't registered in the intent's workspace.</summary>
    internal AgentDossier? Dossier =>
        _tenant?.Agents.GetValueOrDefault(Intent.Agent) is { } dossier && dossier.Agent.Workspace == Intent.Workspace ? dossier : null;

    /// <summary>Made when first asked for: most situations are only a step to another one.</summary>
    private Snapshot Slice => _snapshot ??= new Snapshot(default, _tenant is null ? [] : [_tenant]);

    /// <summary>The slice of the snapshot that can matter to the intent.</summary>
    public static Situation From(Snapshot snapshot, Intent intent, Facts facts)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        ArgumentNullException.ThrowIfNull(intent);
        return new Situation(snapshot.Find(intent.Tenant), intent, facts, ApprovalsGiven.None);
    }

    /// <summary>The real evaluator's answer.</summary>
    public Decision Judge() => Evaluator.Evaluate(Slice, Intent, Facts);

    /// <summary>
    /// Whether the action would go ahead, reduced or not. Where an approval is needed, whether it was given: for the action and for each
    /// tool that a provider would run for it, each by a gate that covers it.
    /// </summary>
    public bool Passes() => Passes(Judge());

    /// <param name="decision">This situation's.</param>
    internal bool Passes(Decision decision) =>
        decision.Verdict switch
        {
            Verdict.Allow or Verdict.Degrade => true,
            Verdict.RequireApproval => Approvals.Count > 0 && Parts().All(part => IsApproved(part.Decision)),
            Verdict.Block => false,
        };

    /// <summary>The decision about the operation and about each hosted tool by itself.</summary>
    internal IEnumerable<(Id<Operation> Operation, Decision Decision)> Parts()
    {
        foreach (var operation in (IEnumerable<Id<Operation>>)[Intent.Operation, .. Intent.HostedTools])
        {
            yield return (operation, Evaluator.Evaluate(Slice, Intent with { Operation = operation, HostedTools = [] }, Facts));
        }
    }

    /// <summary>
    /// The same with each change made, in the order of their kinds: a term of a permission can only be changed once there is one.
    /// </summary>
    public Situation With(IEnumerable<Change> changes)
    {
        var situation = this;
        foreach (var change in changes.OrderBy(c => c.Kind))
        {
            situation = change.Apply(situation);
        }

        return situation;
    }

    internal Situation With(Intent intent) => new(_tenant, intent, Facts, Approvals);

    internal Situation With(Facts facts) => new(_tenant, Intent, facts, Approvals);

    internal Situation With(TenantSnapshot tenant) => new(tenant, Intent, Facts, Approvals);

    internal Situation Approved(string gate) => new(_tenant, Intent, Facts, Approvals.And(gate));

    /// <summary>With another dossier in the place of the agent's. What its level rests on is worked out anew.</summary>
    internal Situation With(AgentDossier dossier)
    {
        var backing = LevelBacking.Compute(
            dossier.Agent,
            dossier.Profile,
            new AgentEvidence(dossier.Playbooks, dossier.RedTeamTests, dossier.OpenFindings)
        );
        return With(_tenant! with { Agents = OnlyAgent(dossier with { Backing = backing }) });
    }

    /// <summary>A tenant's agents, as far as one intent can depend on them: its own.</summary>
    private static FrozenDictionary<Id<Agent>, AgentDossier> OnlyAgent(AgentDossier dossier) =>
        new Dictionary<Id<Agent>, AgentDossier> { [dossier.Agent.Id] = dossier }.ToFrozenDictionary();

    private bool IsApproved(Decision part) =>
        part.Verdict switch
        {
            Verdict.Allow or Verdict.Degrade => true,
            Verdict.RequireApproval => part.Approvals.Any(gate => Approvals.Has(gate.Name)),
            Verdict.Block => false,
        };
}

/// <summary>The gates whose approvers are taken to have said yes, by name. Immutable.</summary>
internal sealed class ApprovalsGiven
{
    private readonly FrozenSet<string> _gates;

    private ApprovalsGiven(IEnumerable<string> gates) => _gates = gates.ToFrozenSet(StringComparer.Ordinal);

    public static ApprovalsGiven None { get; } = new([]);

    public int Count => _gates.Count;

    public bool Has(string gate) => _gates.Contains(gate);

    public ApprovalsGiven And(string gate) => new(_gates.Append(gate));
}
