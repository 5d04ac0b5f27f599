using Gateway.Policy.Model;

namespace Gateway.Evidence.Log.Tree;

/// <summary>
/// All that a growing tree must remember to know its root: the roots of the complete subtrees that cover it from the left, at most one for
/// each height. Not thread-safe.
/// </summary>
internal sealed class CompactRange
{
    private readonly Sha256Digest[] _roots = new Sha256Digest[63];
    private readonly int[] _heights = new int[63];
    private readonly Sha256Digest[] _last = new Sha256Digest[64];
    private int _count;

    /// <value>Leaves.</value>
    public long Size { get; private set; }

    public void Append(Sha256Digest leaf) => Append(leaf, 0);

    /// <summary>Appends a complete subtree. Its height is at most that of the last one there.</summary>
    public void Append(Sha256Digest root, int height)
    {
        Size += 1L << height;
        _last[height] = root;
        while (_count > 0 && _heights[_count - 1] == height)
        {
            root = Merkle.Node(_roots[--_count], root);
            _last[++height] = root;
        }

        (_roots[_count], _heights[_count]) = (root, height);
        _count++;
    }

    /// <summary>The root of the complete subtree of a height that was completed last; asked only where there is one.</summary>
    public Sha256Digest Last(int height) => _last[height];

    public Sha256Digest Root()
    {
        if (_count == 0)
        {
            return Merkle.Empty;
        }

        var root = _roots[_count - 1];
        for (var i = _count - 2; i >= 0; i--)
        {
            root = Merkle.Node(_roots[i], root);
        }

        return root;
    }
}
