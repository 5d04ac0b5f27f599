namespace Gateway.Connectors.Stores;

/// <summary>
/// The embedded durable store: one SQLite file a tenant, which another process (the command line) may read and write at the same time.
/// Calls do their work on the caller's thread: they are few and off the path of a request.
/// </summary>
/// <param name="folder">Made where it isn't there. On a local disk: SQLite's locks don't hold on a network's.</param>
/// <param name="busyWait">How long a call waits for another process' write. Default 5 s; whole seconds, from 1.</param>
public sealed class SqliteStore(string folder, TimeSpan? busyWait = null)
    : SqlStore(new SqliteFiles(folder, busyWait ?? TimeSpan.FromSeconds(5)));
