using Gateway.Connectors.Contracts;
using Gateway.Connectors.Stores;
using Gateway.Policy.Compilation;
using Gateway.Policy.Model;

namespace Gateway.Administration.Calls;

/// <summary>Who calls, as it was proven, and how.</summary>
/// <param name="Key">The token or the session.</param>
/// <param name="Roles">What the operator may do now by this key.</param>
internal sealed record ProvenOperator(Id<Tenant> Tenant, OperatorRecord Operator, OperatorKey Key, OperatorRoles Roles)
{
    /// <summary>How it stands in records.</summary>
    public string By => $"operator:{Operator.Name}";

    public string Through => Key.Kind == OperatorKeyKind.Session ? "session" : $"token '{Key.Name}'";
}

/// <summary>One call of an operator's, handed to what answers it.</summary>
internal sealed class OperatorCall(HttpContext http, OperatorServices services, ProvenOperator? who)
{
    public HttpContext Http => http;
    public OperatorServices Services => services;

    /// <summary>Only of an operation that somebody is proven for.</summary>
    public bool IsProven => who is not null;

    public ProvenOperator Who => who ?? throw new InvalidOperationException("This operation is for nobody yet.");

    public Id<Tenant> Tenant => Who.Tenant;
    public DateTimeOffset Now { get; } = services.Time.GetUtcNow();
    public CancellationToken Cancelled => http.RequestAborted;

    /// <value>The tenant's part of the snapshot in force; null where its documents can't be used.</value>
    public TenantSnapshot? Documents => services.Governance.Current.Find(Tenant);

    public ApprovalStore Approvals(string reason = "") => new(services.Store.Databases, Origin(reason));

    public OperatorStore Operators(string reason = "") => new(services.Store.Databases, Origin(reason));

    public KillStore Kills(string reason = "") => new(services.Store.Databases, Origin(reason));

    public NoticeStore Notices(string reason = "") => new(services.Store.Databases, Origin(reason));

    public IDurableStore Durable(string reason) => services.Store.By(Origin(reason));

    /// <summary>Who, from where and through what.</summary>
    public ChangeOrigin Origin(string reason) => new(who?.By ?? "nobody", $"{Address}: {who?.Through ?? "nothing"}", reason);

    public string Address =>
        http.Connection.RemoteIpAddress is { } address ? (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString() : "?";

    /// <summary>Bound by the framework where a handler asks for it.</summary>
    public static ValueTask<OperatorCall?> BindAsync(HttpContext http) =>
        ValueTask.FromResult<OperatorCall?>(
            http.Features.Get<OperatorCall>() ?? throw new InvalidOperationException("Nobody looked at who calls.")
        );
}

/// <summary>What every change says of why.</summary>
internal static class ReasonText
{
    public const int Longest = 500;

    /// <returns>Null where it is one.</returns>
    public static Problem? Check(string reason) =>
        reason.Trim().Length is 0 or > Longest || reason.Any(char.IsControl)
            ? Problem.Invalid("reason", "A change needs a reason.", $"Say why in 'reason', in 1 to {Longest} characters on one line.")
            : null;
}
