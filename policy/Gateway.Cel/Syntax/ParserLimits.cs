using Gateway.Cel.Text;

namespace Gateway.Cel.Syntax;

/// <summary>
/// Counts the depth and the nodes of a tree while it is built. Long chains of operators count as depth, because they nest to the left.
/// </summary>
internal sealed class ParserLimits(CelLimits limits)
{
    private int _depth;
    private int _nodes;

    /// <summary>One level deeper until it is disposed.</summary>
    public Level Enter(TextRange range)
    {
        var level = new Level(this);
        level.Deepen(range);
        return level;
    }

    /// <summary>A chain, which gets deeper with each of its links.</summary>
    public Level Chain() => new(this);

    /// <exception cref="SyntaxException">There are too many nodes.</exception>
    public Expr Add(Expr node) =>
        ++_nodes <= limits.Nodes
            ? node
            : throw new SyntaxException(CelErrorKind.Limit, node.Range, $"the expression has more than {limits.Nodes} parts");

    /// <summary>How much deeper something is than what is around it.</summary>
    internal sealed class Level(ParserLimits owner) : IDisposable
    {
        private int _added;

        /// <exception cref="SyntaxException">It is too deep.</exception>
        public void Deepen(TextRange range)
        {
            _added++;
            if (++owner._depth > owner.MaxDepth)
            {
                throw new SyntaxException(CelErrorKind.Limit, range, $"the expression nests deeper than {owner.MaxDepth}");
            }
        }

        public void Dispose() => owner._depth -= _added;
    }

    /// <summary>Whatever is configured, a thread's stack must suffice for what walks the tree.</summary>
    private int MaxDepth => Math.Min(limits.Depth, CelLimits.MaxDepth);
}
