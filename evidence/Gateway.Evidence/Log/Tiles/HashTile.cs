using Gateway.Policy.Model;

namespace Gateway.Evidence.Log.Tiles;

/// <summary>The last tile of one level while it fills up. Not thread-safe.</summary>
/// <param name="level">0 for leaves.</param>
/// <param name="index">Which tile of the level.</param>
internal sealed class HashTile(int level, long index)
{
    private readonly Sha256Digest[] _hashes = new Sha256Digest[TilePath.Width];
    private readonly byte[] _bytes = new byte[TilePath.Width * Sha256Digest.Length];

    public int Level { get; } = level;

    /// <summary>Which tile of its level.</summary>
    public long Index { get; private set; } = index;

    /// <value>Hashes that it has.</value>
    public int Count { get; private set; }

    public ReadOnlySpan<Sha256Digest> Hashes => _hashes.AsSpan(0, Count);

    /// <summary>As a file holds them.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, Count * Sha256Digest.Length);

    public void Add(Sha256Digest hash)
    {
        hash.CopyTo(_bytes.AsSpan(Count * Sha256Digest.Length));
        _hashes[Count++] = hash;
    }

    /// <summary>Goes on to the next tile.</summary>
    public void Close() => (Count, Index) = (0, Index + 1);
}
