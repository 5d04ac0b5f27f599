using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;

namespace Gateway.Administration.Operations;

/// <summary>Whom an operation is for. Nobody set is nobody.</summary>
internal enum OperationAccess
{
    Unspecified = 0,

    /// <summary>Those who have one of its roles.</summary>
    Roles = 1,

    /// <summary>Every operator.</summary>
    Everybody = 2,

    /// <summary>Who isn't proven yet.</summary>
    Anybody = 3,
}

/// <summary>
/// One row of the table of operations: checks, the OpenAPI document and the tests of roles come from it, and what has no row isn't there.
/// </summary>
/// <param name="Method">Of HTTP. Everything but GET is a change: with a record before it begins, and its own before its answer.</param>
/// <param name="Path">Under <c>/admin/v1</c>.</param>
/// <param name="Handler">Answers; the framework binds its parameters.</param>
/// <param name="Summary">What it does, for people.</param>
internal sealed record AdminOperation(string Method, string Path, Delegate Handler, string Summary)
{
    public const string Root = "/admin/v1";

    public OperationAccess Access { get; init; } = OperationAccess.Roles;

    /// <value>One of them is enough.</value>
    public OperatorRoles Roles { get; init; }

    /// <value>What the tenant must be entitled to beside the role; nothing for none.</value>
    public Entitlement Entitlement { get; init; }

    /// <value>Whether the operator must have proven themselves within minutes. A token never has.</value>
    public bool Fresh { get; init; }

    /// <value>What may stand in its query.</value>
    public IReadOnlyList<string> Query { get; init; } = [];

    /// <value>What its answer holds; null for nothing.</value>
    public Type? Answers { get; init; }

    /// <value>Whether its answer's status is 201.</value>
    public bool Creates { get; init; }

    public bool IsChange => Method != HttpMethods.Get;

    public override string ToString() => $"{Method} {Root}{Path}";
}
