using Gateway.Policy.Compilation;
using Gateway.Policy.Model;

namespace Gateway.Proxy.Configuration;

/// <summary>
/// The snapshot in force. Swapped as a whole and only for one that compiled without an error; a request reads it once.
/// </summary>
public sealed class GovernanceState(Snapshot first, TimeProvider time)
{
    private volatile Snapshot _current = first;
    private volatile IReadOnlyList<GovernanceError> _rejected = [];
    private long _since = time.GetTimestamp();
    private long _revisions = 1;
    private long _failedReloads;

    /// <summary>Never null: without a first snapshot the process doesn't start.</summary>
    public Snapshot Current => _current;

    /// <summary>What is wrong with the documents on disk now, should they be; empty when they are the ones in force.</summary>
    public IReadOnlyList<GovernanceError> Rejected => _rejected;

    /// <summary>How long the snapshot in force has been so.</summary>
    public TimeSpan Age => time.GetElapsedTime(Volatile.Read(ref _since));

    /// <value>Revisions that came into force, the first one too.</value>
    public long Revisions => Volatile.Read(ref _revisions);

    /// <value>Times that documents on the disk could not come into force.</value>
    public long FailedReloads => Volatile.Read(ref _failedReloads);

    /// <summary>True when the snapshot says something else than the one in force did.</summary>
    public bool Accept(Snapshot snapshot)
    {
        _rejected = [];
        var changed = snapshot.Revision != _current.Revision;
        _current = snapshot;
        if (changed)
        {
            Volatile.Write(ref _since, time.GetTimestamp());
            Interlocked.Increment(ref _revisions);
        }

        return changed;
    }

    public void Reject(IReadOnlyList<GovernanceError> errors)
    {
        if (_rejected.Count == 0)
        {
            Interlocked.Increment(ref _failedReloads); // Once for a change, however often it is looked at again.
        }

        _rejected = errors;
    }
}

/// <summary>The governance that the process starts with.</summary>
public sealed record FirstGovernance(CompiledGovernance Governance, FollowedGovernance Followed);
