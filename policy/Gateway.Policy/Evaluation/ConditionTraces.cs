using Gateway.Policy.Compilation;
using Gateway.Policy.Conditions;
using Gateway.Policy.Model;

namespace Gateway.Policy.Evaluation;

/// <summary>The conditions of the rules that may be about an operation, each with what its parts gave.</summary>
public static class ConditionTraces
{
    /// <value>The most conditions that are shown of one operation; rules that count first come first.</value>
    public const int MaxTraces = 100;

    /// <summary>
    /// Of the operation alone, not of tools that a provider would run for it. Evaluates each again: not for every request.
    /// </summary>
    public static IReadOnlyList<ConditionTrace> Collect(Snapshot snapshot, Intent intent, Facts facts)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        ArgumentNullException.ThrowIfNull(intent);
        var tenant = snapshot.Find(intent.Tenant);
        if (tenant?.Agents.GetValueOrDefault(intent.Agent) is not { } dossier || dossier.Agent.Workspace != intent.Workspace)
        {
            return []; // Nothing of an agent that isn't registered is judged by rules.
        }

        var frame = ConditionFrame.For(tenant.ActionOf(dossier, intent, facts));
        ConditionTrace[] traces =
        [
            .. tenant
                .Policies.ConditionsOf(intent)
                .Take(MaxTraces)
                .Select(one => new ConditionTrace(one.Policy, one.Rule, one.Text.Text, one.Text.Position, one.Condition.Explain(frame))),
        ];
        frame.Clear();
        return traces;
    }
}
