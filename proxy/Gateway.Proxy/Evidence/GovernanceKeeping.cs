using Gateway.Evidence.Log;
using Gateway.Evidence.Snapshots;
using Gateway.Policy.Compilation;

namespace Gateway.Proxy.Evidence;

/// <summary>
/// Keeps each governance beside the journal before anything is judged by it, so that what was judged can be derived again.
/// </summary>
public sealed class GovernanceKeeping(JournalOptions options)
{
    private readonly KeptSnapshots _snapshots = new(options.Root);

    /// <exception cref="IOException">It can't be kept, and mustn't come into force.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    internal void Keep(CompiledGovernance governance) => _snapshots.Keep(governance);
}
