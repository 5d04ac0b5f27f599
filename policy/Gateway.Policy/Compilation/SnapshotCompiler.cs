using Gateway.Policy.Documents;
using Gateway.Policy.Documents.Kinds;
using Gateway.Policy.Model;

namespace Gateway.Policy.Compilation;

/// <summary>
/// Turns governance documents into the snapshot that requests are judged by. Pure: the same files give the same snapshot.
/// </summary>
public static class SnapshotCompiler
{
    /// <summary>Never throws for any text; whatever is wrong is in the result, all at once.</summary>
    /// <param name="wereInForce">Whether the files are kept ones, which were in force before.</param>
    public static Validated<Snapshot> Compile(IReadOnlyList<SourceFile> files, bool wereInForce = false)
    {
        ArgumentNullException.ThrowIfNull(files);
        var result = GovernanceCompiler.Compile([.. files.Select(file => FileReading.Read(file))], before: null, wereInForce);
        return new Validated<Snapshot>(result.Value?.Snapshot, result.Errors);
    }
}
