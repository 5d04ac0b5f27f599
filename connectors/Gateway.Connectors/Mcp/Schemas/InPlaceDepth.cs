namespace Gateway.Connectors.Mcp.Schemas;

/// <summary>
/// Refuses a schema that is applied to the same value again and again without going into it (core, section 9.4.1), and chains of
/// references so long that they would use up the stack.
/// </summary>
internal static class InPlaceDepth
{
    /// <value>Schemas that one value leads through, one inside the other.</value>
    public const int Max = 64;

    private const int Unseen = 0;
    private const int Open = -1;

    public static void Check(SchemaDocument document, (SchemaNode Root, IReadOnlyList<SchemaNode> All) schemas)
    {
        var heights = new int[document.TokenCount];
        foreach (var node in schemas.All)
        {
            Height(document, node, heights, 0);
        }
    }

    /// <summary>How many schemas a value leads through from here, itself counted.</summary>
    private static int Height(SchemaDocument document, SchemaNode node, int[] heights, int depth)
    {
        if (heights[node.Token] is not Unseen and var known)
        {
            return known != Open ? known : throw document.Fault(node.Token, "the schema refers to itself without going into the value");
        }

        heights[node.Token] = Open;
        var below = 0;
        foreach (var next in node.InPlace())
        {
            document.Spend(1, node.Token);
            below = depth < Max ? Math.Max(below, Height(document, next, heights, depth + 1)) : Max;
        }

        if (below >= Max)
        {
            throw document.Fault(node.Token, $"more than {Max} schemas are applied to one value, one inside the other");
        }

        return heights[node.Token] = below + 1;
    }
}
