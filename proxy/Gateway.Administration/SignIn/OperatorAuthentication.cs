using Gateway.Administration.Calls;
using Gateway.Connectors.Contracts;
using Gateway.Connectors.Keys;

namespace Gateway.Administration.SignIn;

/// <summary>
/// Who calls: by an operator's token, or by the cookie of a session. Read from the store at every call, so that who is suspended on any
/// replica is out on all. Every reason for no is one answer.
/// </summary>
internal static class OperatorAuthentication
{
    public static readonly TimeSpan Idle = TimeSpan.FromMinutes(30);
    public static readonly TimeSpan SessionLife = TimeSpan.FromHours(12);

    /// <summary>How long it counts that somebody proved who they are, for what wants that.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromMinutes(5);

    private const string Scheme = "Bearer ";
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    /// <exception cref="DurableStoreException">Nobody can be proven now.</exception>
    /// <param name="isUse">Whether a session counts as used by it, and its time without use begins anew.</param>
    public static async Task<(ProvenOperator? Who, Problem? Problem)> ProveAsync(HttpContext http, OperatorServices services, bool isUse)
    {
        var headers = http.Request.Headers.Authorization;
        var cookie = http.Request.Cookies[SessionCookie.Name];
        if (headers.Count > 1 || (headers.Count == 1 && cookie is not null))
        {
            return (null, Problem.Invalid(null, "The request proves two operators.", "Send a token or a session's cookie, and not both."));
        }

        var kind = headers.Count == 1 ? OperatorKeyKind.Token : OperatorKeyKind.Session;
        var text = headers.Count == 1 ? TokenIn(headers[0]) : cookie;
        var who = await ProveAsync(text, kind, services, isUse, http.RequestAborted);
        return who is null ? (null, Problem.Unauthenticated) : (who, null);
    }

    /// <summary>Null for nobody.</summary>
    private static async Task<ProvenOperator?> ProveAsync(
        string? text,
        OperatorKeyKind kind,
        OperatorServices services,
        bool isUse,
        CancellationToken cancellationToken
    )
    {
        if (!OperatorKeyIssuer.TryRead(text, kind, out var tenant, out var id) || services.Governance.Find(tenant) is null)
        {
            return null;
        }

        var (store, now) = (services.Operators, services.Time.GetUtcNow());
        if (
            await store.FindKeyAsync(tenant, id, cancellationToken) is not { } key
            || key.Kind != kind
            || !services.Keys.Verify(key, text!, now)
            || (kind == OperatorKeyKind.Session && now - key.Seen > Idle)
            || await store.FindAsync(tenant, key.Operator, cancellationToken) is not { Suspended: false } found
        )
        {
            return null;
        }

        if (isUse && kind == OperatorKeyKind.Session && now - key.Seen > Minute)
        {
            key = key with { Seen = now };
            await store.SeeAsync(tenant, key, cancellationToken);
        }

        var roles = found.RolesAt(now);
        return new ProvenOperator(tenant, found, key, kind == OperatorKeyKind.Token ? roles & key.Roles : roles);
    }

    private static string? TokenIn(string? header) =>
        header?.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) == true ? header[Scheme.Length..].Trim() : null;
}
