using Gateway.Policy.Documents;
using Gateway.Policy.Model;
using Gateway.Policy.Rules.Documents;

namespace Gateway.Policy.Compilation;

/// <summary>Turns governance documents into the snapshot that requests are judged by. Pure: the same files give the same snapshot.</summary>
public static class SnapshotCompiler
{
    /// <summary>Never throws for any text; whatever is wrong is in the result, all at once.</summary>
    public static CompilationResult Compile(IReadOnlyList<SourceFile> files)
    {
        ArgumentNullException.ThrowIfNull(files);
        var errors = new ErrorList();
        var documents = DocumentReader.Read(files, errors);
        ReferenceCheck.Run(documents, errors);
        ModelOverlapCheck.Run(documents.Of<Connector>(), errors);
        var grants = PermissionGrants.Resolve(documents, errors);
        TransactionTerms.Check(documents, grants, errors);
        var conditions = PolicyConditions.Compile(documents.Of<NamedPolicy>(), errors);
        return errors.Count > 0
            ? new CompilationResult(null, errors.InOrder())
            : new CompilationResult(SnapshotBuilder.Build(documents, grants, conditions), []);
    }
}
