using Gateway.Policy.Documents;
using Gateway.Policy.Model;

namespace Gateway.Policy.Compilation;

/// <summary>Spells out what each permission grants. Two permissions for the same thing are an error: their terms could differ.</summary>
internal static class PermissionGrants
{
    /// <summary>By tenant and agent. Permissions whose connector isn't there are left out: that is reported already.</summary>
    public static Dictionary<(Id<Tenant>, Id<Agent>), Dictionary<(Id<Connector>, Id<Operation>), ToolPermission>> Resolve(
        GovernanceDocuments documents,
        ErrorList errors
    )
    {
        var connectors = new Dictionary<(Id<Tenant>, Id<Connector>), Connector>();
        foreach (var connector in documents.Of<Connector>())
        {
            connectors[(connector.Tenant, connector.Id)] = connector;
        }

        var implied = new ImpliedGrants();
        var grants = new Dictionary<(Id<Tenant>, Id<Agent>), Dictionary<(Id<Connector>, Id<Operation>), ToolPermission>>();
        foreach (var permission in documents.Of<ToolPermission>())
        {
            if (connectors.TryGetValue((permission.Tenant, permission.Connector), out var connector))
            {
                PermissionTerms.Check(permission, connector, errors);
                var key = (permission.Tenant, permission.Agent);
                implied.Note(permission, connector);
                Grant(permission, connector, grants.TryGetValue(key, out var own) ? own : grants[key] = [], errors);
            }
        }

        implied.AddTo(grants);
        return grants;
    }

    private static void Grant(
        ToolPermission permission,
        Connector connector,
        Dictionary<(Id<Connector>, Id<Operation>), ToolPermission> grants,
        ErrorList errors
    )
    {
        IEnumerable<Id<Operation>> operations =
            permission.Operations.Count > 0
                ? permission.Operations
                : connector.Operations.Where(o => !ImpliedGrants.IsImplied(o)).Select(o => o.Id);
        foreach (var operation in operations)
        {
            if (!grants.TryAdd((connector.Id, operation), permission))
            {
                var first = grants[(connector.Id, operation)];
                errors.Add(
                    permission.Source,
                    "spec.operations",
                    $"The operation '{operation}' of '{connector.Id}' is granted to '{permission.Agent}' twice.",
                    $"Grant it once; the first is '{first.Name}' at {first.Source}."
                );
            }
        }
    }
}
