using Gateway.Policy.Model;

namespace Gateway.Policy.Documents;

/// <summary>That a field names another document (or an operation of one), so that it can be checked once all are read.</summary>
/// <param name="Kind">The other document's kind; <c>Operation</c> for an operation.</param>
/// <param name="Connectors">For an operation: the connectors that it may belong to; empty for any of the tenant's.</param>
public sealed record Reference(
    string Kind,
    Id<Tenant> Tenant,
    string Name,
    IReadOnlyList<Id<Connector>> Connectors,
    SourcePosition Position,
    string Field
)
{
    public const string Operation = "Operation";
}
