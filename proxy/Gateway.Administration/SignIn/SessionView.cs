using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;

namespace Gateway.Administration.SignIn;

/// <param name="Csrf">What each change by this session carries in <c>Gateway-Csrf</c>; empty for a token.</param>
internal sealed record SessionView(
    string Tenant,
    string Name,
    string Person,
    IReadOnlyList<string> Roles,
    string Csrf,
    DateTimeOffset Ends,
    DateTimeOffset FreshUntil
)
{
    public static SessionView Of(Id<Tenant> tenant, OperatorRecord found, OperatorKey key, OperatorRoles roles) =>
        new(
            tenant.ToString(),
            found.Name,
            found.Person,
            RoleNames.Of(roles),
            key.Csrf,
            key.Ends,
            key.Kind == OperatorKeyKind.Session ? key.Proven + OperatorAuthentication.Fresh : key.At
        );
}
