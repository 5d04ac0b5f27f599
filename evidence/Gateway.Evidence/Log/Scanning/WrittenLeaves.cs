using Gateway.Policy.Model;

namespace Gateway.Evidence.Log.Scanning;

/// <summary>
/// The leaf hashes of the records that a log's writer made last, for whoever reads them back. Grows while the reader is behind, and is
/// bounded: what isn't found any more is checked as if nobody had written it here, which takes longer and so lets the reader fall further
/// behind. Thread-safe.
/// </summary>
internal sealed class WrittenLeaves
{
    /// <value>Records: 160 KiB a log. Enough where less than some thousand records a second are written.</value>
    public const int Usual = 4096;

    /// <value>Records: 2.5 MiB, of a log that was written faster than it was read back. Some seconds of the most that one instance
    /// writes.</value>
    public const int Most = 1 << 16;

    private readonly Lock _lock = new();
    private (long Index, Sha256Digest Leaf)[] _leaves = Empty(Usual);
    private long _unread;

    /// <summary>Keeps a leaf, in the place of the oldest one where there is no room for more.</summary>
    public void Put(long index, Sha256Digest leaf)
    {
        lock (_lock)
        {
            var held = _leaves[index % _leaves.Length].Index;
            if (held >= _unread && held != index && _leaves.Length < Most)
            {
                Grow();
            }

            _leaves[index % _leaves.Length] = (index, leaf);
        }
    }

    /// <summary>
    /// The leaf of a record; null where it wasn't written here, or is too long ago. Those before it won't be asked for any more.
    /// </summary>
    public Sha256Digest? Find(long index)
    {
        lock (_lock)
        {
            _unread = Math.Max(_unread, index);
            var found = _leaves[index % _leaves.Length];
            return found.Index == index ? found.Leaf : null;
        }
    }

    private void Grow()
    {
        var larger = Empty(_leaves.Length * 2);
        foreach (var kept in _leaves)
        {
            if (kept.Index >= 0)
            {
                larger[kept.Index % larger.Length] = kept;
            }
        }

        _leaves = larger;
    }

    /// <summary>Or record 0 would count as written before it is.</summary>
    private static (long Index, Sha256Digest Leaf)[] Empty(int length)
    {
        var leaves = new (long, Sha256Digest)[length];
        Array.Fill(leaves, (-1, default));
        return leaves;
    }
}
