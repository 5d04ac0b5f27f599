using Gateway.Policy.Documents;
using Gateway.Policy.Documents.Kinds;
using Gateway.Policy.Model;
using Gateway.Policy.Rules.Documents;

namespace Gateway.Policy.Compilation;

/// <summary>
/// Turns governance documents into the snapshot that requests are judged by. Pure: the same files give the same snapshot.
/// </summary>
public static class SnapshotCompiler
{
    /// <summary>Never throws for any text; whatever is wrong is in the result, all at once.</summary>
    public static Validated<Snapshot> Compile(IReadOnlyList<SourceFile> files)
    {
        ArgumentNullException.ThrowIfNull(files);
        var errors = new ErrorList();
        var documents = DocumentReader.Read(files, errors);
        var snapshot = Compile(documents, errors);
        return documents.HasShadows ? WithShadow(snapshot, errors, files) : new Validated<Snapshot>(snapshot, errors.InOrder());
    }

    /// <summary>An error in a shadow document is an error like another: a trial that isn't one should be known.</summary>
    private static Validated<Snapshot> WithShadow(Snapshot? snapshot, ErrorList errors, IReadOnlyList<SourceFile> files)
    {
        var more = new ErrorList();
        var shadow = Compile(DocumentReader.ReadShadow(files, more), more);
        return snapshot is not null && shadow is not null
            ? new Validated<Snapshot>(snapshot.With(shadow), [])
            : new Validated<Snapshot>(null, [.. errors.InOrder().Union(more.InOrder())]);
    }

    /// <summary>Null where there is any error.</summary>
    private static Snapshot? Compile(GovernanceDocuments documents, ErrorList errors)
    {
        ReferenceCheck.Run(documents, errors);
        ModelOverlapCheck.Run(documents.Of<Connector>(), errors);
        var grants = PermissionGrants.Resolve(documents, errors);
        CumulativeLimitCheck.Run(documents, grants, errors);
        var conditions = PolicyConditions.Compile(documents.Of<NamedPolicy>(), errors);
        return errors.Count > 0 ? null : SnapshotBuilder.Build(documents, grants, conditions);
    }
}
