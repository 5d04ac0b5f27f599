namespace Gateway.Connectors.Contracts;

/// <summary>Operators' roles as they are written: <c>security-admin</c>.</summary>
public static class RoleNames
{
    private static readonly (OperatorRoles Role, string Name)[] Names =
    [
        (OperatorRoles.Viewer, "viewer"),
        (OperatorRoles.Auditor, "auditor"),
        (OperatorRoles.Approver, "approver"),
        (OperatorRoles.Operator, "operator"),
        (OperatorRoles.SecurityAdmin, "security-admin"),
        (OperatorRoles.TenantAdmin, "tenant-admin"),
        (OperatorRoles.PlatformAdmin, "platform-admin"),
        (OperatorRoles.BreakGlass, "break-glass"),
    ];

    /// <summary>Every role by itself.</summary>
    public static IEnumerable<OperatorRoles> Each => Names.Select(one => one.Role);

    /// <summary>Every name.</summary>
    public static IEnumerable<string> All => Names.Select(one => one.Name);

    public static IReadOnlyList<string> Of(OperatorRoles roles) => [.. Names.Where(one => roles.HasFlag(one.Role)).Select(one => one.Name)];

    public static string Text(OperatorRoles roles) => string.Join(", ", Of(roles));

    /// <summary>False, with the first that is none, where one of them isn't a role.</summary>
    public static bool TryParse(IEnumerable<string> names, out OperatorRoles roles, out string unknown)
    {
        (roles, unknown) = (OperatorRoles.None, "");
        foreach (var name in names)
        {
            var role = Names.FirstOrDefault(one => one.Name == name).Role;
            if (role == OperatorRoles.None)
            {
                (roles, unknown) = (OperatorRoles.None, name);
                return false;
            }

            roles |= role;
        }

        return true;
    }
}
