using Gateway.Authoring.Changes;
using Gateway.Policy.Compilation;
using Gateway.Policy.Evaluation;
using Gateway.Policy.Model;

namespace Gateway.Authoring.Coverage;

/// <summary>
/// Which parts of the governance a set of cases exercises. Each list holds all there is, the ones without a case too, in a fixed order.
/// </summary>
/// <param name="Controls">Each control passing and failing.</param>
/// <param name="Reasons">Those that a decision can have.</param>
/// <param name="Permissions">Each operation granted to each agent.</param>
/// <param name="Rules">Each rule of each policy; one counts where it mattered to the outcome.</param>
public sealed record CaseCoverage(
    IReadOnlyList<CoverageItem> Controls,
    IReadOnlyList<CoverageItem> Reasons,
    IReadOnlyList<CoverageItem> Permissions,
    IReadOnlyList<CoverageItem> Rules
)
{
    /// <summary>By the real evaluator's decisions about each case and each of its hosted tools.</summary>
    public static CaseCoverage Compute(Snapshot snapshot, IEnumerable<(Intent Intent, Facts Facts)> cases)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        ArgumentNullException.ThrowIfNull(cases);
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (intent, facts) in cases)
        {
            var situation = Situation.From(snapshot, intent, facts);
            foreach (
                var name in situation
                    .Parts()
                    .SelectMany(part => Names(intent, part.Operation, part.Decision))
                    .Distinct(StringComparer.Ordinal)
            )
            {
                counts[name] = counts.GetValueOrDefault(name) + 1;
            }
        }

        return new CaseCoverage(
            Count(AllControls, counts),
            Count(AllReasons, counts),
            Count(AllPermissions(snapshot), counts),
            Count(AllRules(snapshot), counts)
        );
    }

    private static IEnumerable<string> AllControls =>
        from control in Enum.GetValues<Control>()
        where control != Control.None
        from outcome in (CheckOutcome[])[CheckOutcome.Pass, CheckOutcome.Fail]
        select Name(control, outcome);

    private static IEnumerable<string> AllReasons =>
        FailureRules
            .All.Select(rule => rule.Reason)
            .Append(ReasonCode.ApprovalRequired)
            .Append(ReasonCode.PolicyRule)
            .Distinct()
            .Select(reason => Policy.Model.Reasons.Of(reason).Code);

    private static IEnumerable<string> AllPermissions(Snapshot snapshot) =>
        from tenant in snapshot.Tenants
        from dossier in snapshot.Find(tenant)!.Agents.Values
        from key in dossier.Permissions.Keys
        let name = Name(tenant, dossier.Agent.Id, key)
        orderby name
        select name;

    private static IEnumerable<string> AllRules(Snapshot snapshot) =>
        from tenant in snapshot.Tenants
        from policy in snapshot.Find(tenant)!.Policies.All
        from rule in policy.Document.Rules.Rules.Select(rule => rule.Name).Distinct(StringComparer.Ordinal)
        select Name(tenant, policy.Document.Name, rule);

    private static IEnumerable<string> Names(Intent intent, Id<Operation> operation, Decision decision) =>
        [
            .. decision.Path.Select(entry => Name(entry.Control, entry.Outcome)),
            .. decision.Reasons.Select(reason => Policy.Model.Reasons.Of(reason).Code),
            // The control was reached: it looked at this permission, or at its absence, which no permission has as its name.
            .. decision.Path.Any(entry => entry.Control == Control.ToolPermission)
                ? [Name(intent.Tenant, intent.Agent, (intent.Connector, operation))]
                : (string[])[],
            .. decision.Rules.SelectMany(entry => entry.Rules.Select(rule => Name(intent.Tenant, entry.Policy, rule))),
        ];

    private static IReadOnlyList<CoverageItem> Count(IEnumerable<string> names, Dictionary<string, int> counts) =>
        [.. names.Select(name => new CoverageItem(name, counts.GetValueOrDefault(name)))];

    private static string Name(Control control, CheckOutcome outcome) =>
        $"{(int)control} {Words.Snake(control.ToString())} {Words.Snake(outcome.ToString())}";

    private static string Name(Id<Tenant> tenant, Id<Agent> agent, (Id<Connector> Connector, Id<Operation> Operation) key) =>
        $"{tenant}/{agent} {key.Connector}/{key.Operation}";

    private static string Name(Id<Tenant> tenant, string policy, string rule) => $"{tenant}/{policy} {rule}";
}

/// <summary>One thing that a case can exercise.</summary>
/// <param name="Name">Such as <c>6 tool_permission fail</c>, <c>demo/assistant crm/read-contact</c> or <c>demo/house-rules
/// no-secrets</c>.</param>
/// <param name="Cases">How many did.</param>
public sealed record CoverageItem(string Name, int Cases);
