using Gateway.Policy.Compilation;
using Gateway.Policy.Documents;
using Gateway.Policy.Model;

namespace Gateway.Proxy.Configuration;

/// <summary>The snapshot that the process starts with, and what it was compiled from until that has been kept.</summary>
public sealed class FirstGovernance(Snapshot snapshot, IReadOnlyList<SourceFile> files)
{
    private IReadOnlyList<SourceFile>? _files = files;

    public Snapshot Snapshot { get; } = snapshot;

    /// <summary>Of the files as they were read.</summary>
    public Sha256Digest Seen { get; } = Fingerprint.Of(files);

    /// <summary>Once: nobody needs the texts afterwards.</summary>
    public IReadOnlyList<SourceFile> TakeFiles() =>
        Interlocked.Exchange(ref _files, null) ?? throw new InvalidOperationException("The files were taken already.");
}
