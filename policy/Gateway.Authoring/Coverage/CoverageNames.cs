using Gateway.Authoring.Changes;
using Gateway.Policy.Compilation;
using Gateway.Policy.Evaluation;
using Gateway.Policy.Model;

namespace Gateway.Authoring.Coverage;

/// <summary>What a case can exercise, by name: all there is in the governance, and what one decision touched.</summary>
internal static class CoverageNames
{
    public static IEnumerable<string> AllControls =>
        from control in Enum.GetValues<Control>()
        where control != Control.None
        from outcome in (CheckOutcome[])[CheckOutcome.Pass, CheckOutcome.Fail]
        select Name(control, outcome);

    public static IEnumerable<string> AllReasons =>
        FailureRules
            .All.Select(rule => rule.Reason)
            .Append(ReasonCode.ApprovalRequired)
            .Append(ReasonCode.PolicyRule)
            .Distinct()
            .Select(reason => Policy.Model.Reasons.Of(reason).Code);

    public static IEnumerable<string> AllPermissions(Snapshot snapshot) =>
        from tenant in snapshot.Tenants
        from dossier in snapshot.Find(tenant)!.Agents.Values
        from key in dossier.Permissions.Keys
        let name = Name(tenant, dossier.Agent.Id, key)
        orderby name
        select name;

    public static IEnumerable<string> AllRules(Snapshot snapshot) =>
        from tenant in snapshot.Tenants
        from policy in snapshot.Find(tenant)!.Policies.All
        from rule in policy.Document.Rules.Rules.Select(rule => rule.Name).Distinct(StringComparer.Ordinal)
        select Name(tenant, policy.Document.Name, rule);

    public static IEnumerable<string> Of(Intent intent, Id<Operation> operation, Decision decision) =>
        [
            .. decision.Path.Select(entry => Name(entry.Control, entry.Outcome)),
            .. decision.Reasons.Select(reason => Policy.Model.Reasons.Of(reason).Code),
            // The control was reached: it looked at this permission, or at its absence, which no permission has as its name.
            .. decision.Path.Any(entry => entry.Control == Control.ToolPermission)
                ? [Name(intent.Tenant, intent.Agent, (intent.Connector, operation))]
                : (string[])[],
            .. decision.Rules.SelectMany(entry => entry.Rules.Select(rule => Name(intent.Tenant, entry.Policy, rule))),
        ];

    private static string Name(Control control, CheckOutcome outcome) =>
        $"{(int)control} {Words.Snake(control.ToString())} {Words.Snake(outcome.ToString())}";

    private static string Name(Id<Tenant> tenant, Id<Agent> agent, (Id<Connector> Connector, Id<Operation> Operation) key) =>
        $"{tenant}/{agent} {key.Connector}/{key.Operation}";

    private static string Name(Id<Tenant> tenant, string policy, string rule) => $"{tenant}/{policy} {rule}";
}
