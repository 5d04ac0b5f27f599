using Gateway.Policy.Model;

namespace Gateway.Policy.Documents;

/// <summary>Everything that was read, still unchecked against each other.</summary>
internal sealed class GovernanceDocuments
{
    private readonly Dictionary<DocumentKey, SourcePosition> _declared = [];
    private readonly List<object> _records = [];
    private readonly List<CanonicalDocument> _canonical = [];

    /// <summary>Whether there are documents that only shadow these. They aren't among them.</summary>
    public bool HasShadows { get; set; }

    /// <summary>Where fields name other documents.</summary>
    public List<Reference> References { get; } = [];

    /// <summary>Where each tenant was first named by a document.</summary>
    public Dictionary<Id<Tenant>, SourcePosition> TenantsNamed { get; } = [];

    public IReadOnlyList<CanonicalDocument> Canonical => _canonical;

    /// <summary>The documents that were read without an error, as records.</summary>
    public IEnumerable<T> Of<T>() => _records.OfType<T>();

    /// <summary>Whether there is such a document, be it without errors or not.</summary>
    public bool IsDeclared(DocumentKey key) => _declared.ContainsKey(key);

    public IEnumerable<string> NamesOf(string kind, Id<Tenant> tenant) =>
        _declared.Keys.Where(k => k.Kind == kind && k.Tenant == tenant).Select(k => k.Name);

    /// <summary>False, and where the first one is, when there is such a document already.</summary>
    public bool TryDeclare(DocumentHeader header, out SourcePosition first)
    {
        TenantsNamed.TryAdd(header.Tenant, header.Source);
        var key = new DocumentKey(header.Kind, header.Tenant, header.Name.ToString());
        return _declared.TryAdd(key, header.Source) | !_declared.TryGetValue(key, out first);
    }

    public void Add(DocumentHeader header, object record, ReadOnlyMemory<byte> canonical)
    {
        _records.Add(record);
        _canonical.Add(new CanonicalDocument(new DocumentKey(header.Kind, header.Tenant, header.Name.ToString()), canonical));
    }
}

/// <summary>What makes a document unique.</summary>
internal readonly record struct DocumentKey(string Kind, Id<Tenant> Tenant, string Name);
