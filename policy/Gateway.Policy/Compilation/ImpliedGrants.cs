using Gateway.Policy.Model;

namespace Gateway.Policy.Compilation;

/// <summary>
/// Grants an MCP connector's built-in operations to each agent that has a permission on it: without a session and a list nothing that was
/// granted can be used. What a permission says of what it grants (approval, dry run, amount) isn't said of these. One that names them
/// itself says so of them too.
/// </summary>
internal sealed class ImpliedGrants
{
    private readonly Dictionary<(Id<Tenant>, Id<Agent>, Id<Connector>), (Connector Connector, List<ToolPermission> Permissions)> _all = [];

    /// <summary>Whether a permission for all operations leaves this one to what is implied.</summary>
    public static bool IsImplied(Operation operation) => operation.Mcp is { IsBuiltIn: true };

    public void Note(ToolPermission permission, Connector connector)
    {
        if (connector.Mcp is null)
        {
            return;
        }

        var key = (permission.Tenant, permission.Agent, permission.Connector);
        if (!_all.TryGetValue(key, out var noted))
        {
            _all[key] = noted = (connector, []);
        }

        noted.Permissions.Add(permission);
    }

    public void AddTo(Dictionary<(Id<Tenant>, Id<Agent>), Dictionary<(Id<Connector>, Id<Operation>), ToolPermission>> grants)
    {
        foreach (var ((tenant, agent, _), (connector, permissions)) in _all)
        {
            var terms = Terms(permissions);
            foreach (var operation in connector.Operations.Where(IsImplied))
            {
                grants[(tenant, agent)].TryAdd((connector.Id, operation.Id), terms with { Operations = [operation.Id] });
            }
        }
    }

    /// <summary>
    /// Hours only where there is one permission: of several each has its own, and none of them is the session's. The first by name, so
    /// that nothing depends on the order of files.
    /// </summary>
    private static ToolPermission Terms(List<ToolPermission> permissions) =>
        permissions.MinBy(permission => permission.Name, StringComparer.Ordinal)! with
        {
            AuditLogging = permissions.Exists(permission => permission.AuditLogging),
            HumanApproval = false,
            DryRun = false,
            MaxTokens = null,
            Transaction = null,
            Hours = permissions.Count == 1 ? permissions[0].Hours : null,
        };
}
