using Gateway.Policy.Model;

namespace Gateway.Policy.Documents;

/// <summary>Documents that were read, still unchecked against each other: all of a governance, or a part of it that stands alone.</summary>
internal sealed class GovernanceDocuments
{
    private readonly Dictionary<DocumentKey, SourcePosition> _declared = [];
    private readonly Dictionary<Type, List<object>> _records = [];
    private readonly List<ReadDocument> _named = [];
    private readonly List<ReadDocument> _good = [];

    /// <summary>Where fields name other documents.</summary>
    public IEnumerable<Reference> References
    {
        get
        {
            foreach (var document in _named)
            {
                for (var i = 0; i < document.References.Count; i++)
                {
                    yield return document.References[i];
                }
            }
        }
    }

    /// <summary>Where each tenant was first named by a document.</summary>
    public Dictionary<Id<Tenant>, SourcePosition> TenantsNamed { get; } = [];

    /// <summary>Those that were read without an error.</summary>
    public IReadOnlyList<ReadDocument> Good => _good;

    /// <summary>The same as records.</summary>
    public IEnumerable<T> Of<T>() => _records.TryGetValue(typeof(T), out var records) ? records.Cast<T>() : [];

    /// <summary>Whether there is such a document, be it without errors or not.</summary>
    public bool IsDeclared(DocumentKey key) => _declared.ContainsKey(key);

    public IEnumerable<string> NamesOf(string kind, Id<Tenant> tenant) =>
        _declared.Keys.Where(k => k.Kind == kind && k.Tenant == tenant).Select(k => k.Name);

    /// <summary>Adds what is wrong with it, and that there is such a document already, to the errors.</summary>
    public void Add(ReadDocument document, ErrorList errors)
    {
        if (document.Fault is { } fault)
        {
            errors.AddAll(fault.Errors);
        }

        if (document.References.Count > 0)
        {
            _named.Add(document);
        }

        if (document.Governed is { } governed)
        {
            TenantsNamed.TryAdd(governed.Tenant, document.Source);
            if (!_declared.TryAdd(document.Key, document.Source))
            {
                errors.Add(
                    document.Source with
                    {
                        Line = document.Metadata.Line,
                        Column = document.Metadata.Column,
                    },
                    "metadata",
                    $"There is already a {governed.Kind} '{governed.Name}' of this tenant.",
                    $"Keep one; the first is at {_declared[document.Key]}."
                );
                return;
            }
        }

        if (document.Record is { } record)
        {
            _good.Add(document);
            (_records.TryGetValue(record.GetType(), out var records) ? records : _records[record.GetType()] = []).Add(record);
        }
    }
}

/// <summary>What makes a document unique.</summary>
internal readonly record struct DocumentKey(string Kind, Id<Tenant> Tenant, string Name);
