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
