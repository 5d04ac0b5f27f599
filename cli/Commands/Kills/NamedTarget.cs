using Gateway.Cli.Results;
using Gateway.Cli.Settings;
using Gateway.Policy.Compilation;
using Gateway.Policy.Model;

namespace Gateway.Cli.Commands.Kills;

/// <summary>
/// What a kill names, held against the documents: a misspelt name would stop nothing, and leave the real one at work.
/// </summary>
internal static class NamedTarget
{
    /// <returns>What is to be said where nobody could check it.</returns>
    /// <exception cref="InvalidInputException">It is no name, or the documents don't have it.</exception>
    public static string[] Check(LocalInstance instance, Id<Tenant> tenant, KillScope scope, string target)
    {
        CheckForm(scope, target);
        Snapshot snapshot;
        try
        {
            snapshot = Governance.Compile(instance.GovernanceFolder);
        }
        catch (InvalidInputException)
        {
            return
            [
                $"The governance documents in '{instance.GovernanceFolder}' can't be used, so nobody checked that there is such a thing.",
            ];
        }

        if (scope == KillScope.Agent)
        {
            Governance.Demand(snapshot, tenant, Id<Agent>.Parse(target));
        }
        else if (scope is KillScope.Connector or KillScope.Operation)
        {
            DemandConnector(snapshot, tenant, scope, target);
        }

        return [];
    }

    private static void CheckForm(KillScope scope, string target)
    {
        var isName = scope switch
        {
            KillScope.Agent => Id<Agent>.TryParse(target, out _),
            KillScope.Connector => Id<Connector>.TryParse(target, out _),
            KillScope.Operation => Kill.TryParseOperation(target, out _, out _),
            _ => true,
        };
        if (!isName)
        {
            throw new InvalidInputException(
                $"'{target}' is not a name of {Vocabulary.KillScope.Text(scope)}s.",
                scope == KillScope.Operation ? "Write crm/export." : "Use a-z, 0-9, '.', '_' and '-'."
            );
        }
    }

    private static void DemandConnector(Snapshot snapshot, Id<Tenant> tenant, KillScope scope, string target)
    {
        var connectors = snapshot.Find(tenant)?.Connectors;
        var has =
            scope == KillScope.Connector
                ? connectors?.ContainsKey(Id<Connector>.Parse(target)) == true
                : Kill.TryParseOperation(target, out var connector, out var operation)
                    && connectors?.GetValueOrDefault(connector)?.Operations.Any(one => one.Id == operation) == true;
        if (!has)
        {
            var names = connectors?.Values.SelectMany(one =>
                scope == KillScope.Connector ? [one.Id.ToString()] : one.Operations.Select(each => Kill.TargetOf(one.Id, each.Id))
            );
            throw new InvalidInputException(
                $"The governance documents have no {Vocabulary.KillScope.Text(scope)} '{target}' in tenant '{tenant}'.",
                $"They have: {string.Join(", ", (names ?? []).Order(StringComparer.Ordinal))}."
            );
        }
    }
}
