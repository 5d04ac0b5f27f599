using Gateway.Policy.Documents;

namespace Gateway.Policy.Compilation;

/// <summary>
/// A snapshot with the documents that it was made from, from which the next one is made quickly. Immutable, but for the documents' texts.
/// </summary>
public sealed class CompiledGovernance
{
    internal CompiledGovernance(DocumentSet real, DocumentSet? shadow)
    {
        (Real, Shadow) = (real, shadow);
        Snapshot = shadow is null ? real.Snapshot : real.Snapshot.With(shadow.Snapshot);
    }

    public Snapshot Snapshot { get; }

    /// <summary>What is to be kept of it before anything is judged by it.</summary>
    public GovernanceText Text => new(Real);

    /// <summary>The same of the governance that there would be if the shadow documents were real; null where there are none.</summary>
    public GovernanceText? ShadowText => Shadow is null ? null : new GovernanceText(Shadow);

    /// <summary>Whether both are the same, shadow documents included, however they are laid out.</summary>
    public bool SaysTheSame(CompiledGovernance? other) =>
        other is not null
        && other.Real.Snapshot.Revision == Real.Snapshot.Revision
        && other.Shadow?.Snapshot.Revision == Shadow?.Snapshot.Revision;

    /// <summary>What is in force.</summary>
    internal DocumentSet Real { get; }

    /// <summary>As it would be if the shadow documents were real; null where there are none.</summary>
    internal DocumentSet? Shadow { get; }
}

/// <summary>Documents without an error, and their snapshot.</summary>
/// <param name="InOrder">By tenant, kind and name.</param>
internal sealed record DocumentSet(ReadDocument[] InOrder, Snapshot Snapshot);
