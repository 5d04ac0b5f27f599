using Gateway.Policy.Compilation;
using Gateway.Policy.Model;

namespace Gateway.Proxy.Configuration;

/// <summary>
/// The snapshot in force. Swapped as a whole and only for one that compiled without an error; a request reads it once.
/// </summary>
public sealed class GovernanceState(Snapshot first)
{
    private volatile Snapshot _current = first;
    private volatile IReadOnlyList<GovernanceError> _rejected = [];

    /// <summary>Never null: without a first snapshot the process doesn't start.</summary>
    public Snapshot Current => _current;

    /// <summary>What is wrong with the documents on disk now, should they be; empty when they are the ones in force.</summary>
    public IReadOnlyList<GovernanceError> Rejected => _rejected;

    /// <summary>True when the snapshot says something else than the one in force did.</summary>
    public bool Accept(Snapshot snapshot)
    {
        _rejected = [];
        var changed = snapshot.Revision != _current.Revision;
        _current = snapshot;
        return changed;
    }

    public void Reject(IReadOnlyList<GovernanceError> errors) => _rejected = errors;
}
