using Gateway.Policy.Documents;
using Gateway.Policy.Model;

namespace Gateway.Policy.Compilation;

/// <summary>
/// Refuses a cumulative amount that couldn't be counted: of a financial operation whose amount nobody says where to find, or of two
/// currencies.
/// </summary>
internal static class CumulativeLimitCheck
{
    public static void Run(
        GovernanceDocuments documents,
        Dictionary<(Id<Tenant>, Id<Agent>), Dictionary<(Id<Connector>, Id<Operation>), ToolPermission>> grants,
        ErrorList errors
    )
    {
        var operations = documents
            .Of<Connector>()
            .SelectMany(c => c.Operations.Select(o => (Key: (c.Tenant, c.Id, o.Id), Operation: o)))
            .ToLookup(o => o.Key, o => o.Operation);
        foreach (var agent in documents.Of<Agent>())
        {
            if (agent.Cumulative is { Amount: not null } limit && grants.TryGetValue((agent.Tenant, agent.Id), out var own))
            {
                foreach (var ((connector, id), permission) in own.OrderBy(g => $"{g.Key.Item1}/{g.Key.Item2}", StringComparer.Ordinal))
                {
                    if (
                        operations[(agent.Tenant, connector, id)].FirstOrDefault() is { } operation
                        && Problem(operation, permission, limit) is { } problem
                    )
                    {
                        errors.Add(
                            agent.Source,
                            "spec.cumulative",
                            $"The operation '{connector}/{id}' {problem}",
                            "Give it a transaction whose currency is the cumulative limit's."
                        );
                    }
                }
            }
        }
    }

    private static string? Problem(Operation operation, ToolPermission permission, CumulativeLimit limit) =>
        (operation.Transaction ?? permission.Transaction) switch
        {
            null => operation.Action == ActionType.Financial
                ? "is financial and has no transaction, so its amount can't be counted."
                : null,
            var transaction => limit.Currency is not null && transaction.Currency != limit.Currency
                ? $"isn't limited to {limit.Currency}."
                : null,
        };
}
