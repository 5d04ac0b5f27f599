using Gateway.Policy.Model;

namespace Gateway.Policy.Documents;

/// <summary>What every document begins with.</summary>
/// <param name="Source">Where the document begins.</param>
internal sealed record DocumentHeader(string Kind, Id<Tenant> Tenant, Id<DocumentHeader> Name, SourcePosition Source)
{
    /// <summary>The document's name as the name of what it describes.</summary>
    public Id<T> NameAs<T>() => Id<T>.TryParse(Name.ToString(), out var id) ? id : default;
}
