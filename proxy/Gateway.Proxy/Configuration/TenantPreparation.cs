using Gateway.Policy.Compilation;
using Gateway.Policy.Documents;

namespace Gateway.Proxy.Configuration;

/// <summary>
/// Makes everything that a tenant needs ready (its store, its shared state, its journal) before a snapshot that names it comes into force,
/// and keeps the snapshot for whoever audits what is judged by it. Throws when something can't be made ready; the snapshot isn't taken
/// then.
/// </summary>
/// <param name="files">What the snapshot was compiled from.</param>
public delegate Task TenantPreparation(Snapshot snapshot, IReadOnlyList<SourceFile> files, CancellationToken cancellationToken);
