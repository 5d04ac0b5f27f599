using Gateway.Policy.Model;

namespace Gateway.Evidence.Journal;

/// <summary>
/// The leaf hashes of the records that a log's writer made last, for whoever reads them back. Bounded: what isn't found any more is checked as if nobody
/// had written it here. Thread-safe.
/// </summary>
internal sealed class WrittenLeaves
{
    /// <value>Records: more than are written between two signatures under load, so that few fall out unread. 160 KiB a log.</value>
    public const int Kept = 4096;

    private readonly (long Index, Sha256Digest Leaf)[] _leaves = new (long, Sha256Digest)[Kept];
    private readonly Lock _lock = new();

    public WrittenLeaves() => Array.Fill(_leaves, (-1, default)); // Or record 0 would count as written before it is.

    /// <summary>Keeps a leaf in the place of the one that is <see cref="Kept"/> before it.</summary>
    public void Put(long index, Sha256Digest leaf)
    {
        lock (_lock)
        {
            _leaves[index % Kept] = (index, leaf);
        }
    }

    /// <summary>The leaf of a record; null where it wasn't written here, or is too long ago.</summary>
    public Sha256Digest? Find(long index)
    {
        lock (_lock)
        {
            var found = _leaves[index % Kept];
            return found.Index == index ? found.Leaf : null;
        }
    }
}
