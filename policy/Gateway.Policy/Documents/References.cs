using System.Text.Json;
using Gateway.Policy.Model;

namespace Gateway.Policy.Documents;

/// <summary>What the readers of one document's fields share. One instance a document; not thread-safe.</summary>
public sealed class ReadingContext(ErrorList errors, List<Reference> references, Utf8JsonWriter canonical)
{
    public ErrorList Errors { get; } = errors;

    /// <summary>Every field that is read is written here too, so that the canonical form can't forget one.</summary>
    public Utf8JsonWriter Canonical { get; } = canonical;

    public Id<Tenant> Tenant { get; set; }

    public void Refer(string kind, string name, SourcePosition position, string field, IReadOnlyList<Id<Connector>>? connectors = null) =>
        references.Add(new Reference(kind, Tenant, name, connectors ?? [], position, field));
}

/// <summary>That a field names another document (or an operation of one), so that it can be checked once all are read.</summary>
/// <param name="Kind">The other document's kind; <c>Operation</c> for an operation.</param>
/// <param name="Connectors">For an operation: the connectors that it may belong to; empty for any of the tenant's.</param>
public readonly record struct Reference(
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
