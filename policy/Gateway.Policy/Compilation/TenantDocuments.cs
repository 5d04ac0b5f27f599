using Gateway.Policy.Documents;
using Gateway.Policy.Model;

namespace Gateway.Policy.Compilation;

/// <summary>One tenant's documents as they were read, and what is wrong with the files that they are in. Not thread-safe.</summary>
public sealed class TenantDocuments
{
    private readonly List<ReadDocument> _documents = [];

    internal TenantDocuments(Id<Tenant> tenant) => Tenant = tenant;

    public Id<Tenant> Tenant { get; }

    /// <value>Documents.</value>
    public int Count => _documents.Count;

    internal IReadOnlyList<ReadDocument> Documents => _documents;

    /// <summary>What is wrong beside the documents' own errors; with any of it they can't come into force.</summary>
    internal ErrorList Faults { get; } = new();

    /// <summary>Whether no document names another tenant, so that this one and its workspace may be implied.</summary>
    internal bool IsAlone { get; init; }

    internal void Add(ReadDocument document) => _documents.Add(document);

    /// <summary>Whether compiling them gives what compiling the others did: they are the very same, and so is what is wrong.</summary>
    public bool IsSameAs(TenantDocuments? other) =>
        other is not null
        && other.IsAlone == IsAlone
        && _documents.SequenceEqual(other._documents, ReferenceEqualityComparer.Instance)
        && Faults.Count == other.Faults.Count
        && Faults.InOrder().SequenceEqual(other.Faults.InOrder());

    /// <summary>The documents that were in force and of which there is none any more, be it with errors or without; at most one.</summary>
    internal ReadDocument? Missing(CompiledGovernance inForce)
    {
        var there = _documents.Where(document => !document.IsShadow && document.Governed is not null).Select(one => one.Key).ToHashSet();
        return Array.Find(inForce.Real.InOrder, document => document.Source.File != ImpliedDocuments.File && !there.Contains(document.Key));
    }

    /// <summary>How they differ from what is in force, though they be no good. The digest of one with errors is all zeros.</summary>
    /// <param name="inForce">Null where nothing is.</param>
    public GovernanceDifference DifferenceFrom(CompiledGovernance? inForce) =>
        GovernanceDifference.Of(
            (inForce?.Real.InOrder ?? []).Where(one => one.Source.File != ImpliedDocuments.File),
            _documents.Where(one => one is { IsShadow: false, Governed: not null })
        );
}
