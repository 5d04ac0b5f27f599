using Gateway.Policy.Model;

namespace Gateway.Policy.Documents.Kinds;

/// <summary>
/// Refuses two operations of an MCP connector that one request could mean: which one is judged must never be a matter of chance.
/// </summary>
internal static class McpOverlap
{
    public static void Check(MappingReader spec, IReadOnlyList<Operation> operations)
    {
        var names = new Dictionary<(McpKind, string), Operation>();
        for (var i = 0; i < operations.Count; i++)
        {
            if (operations[i].Mcp is not { Pattern: null } target)
            {
                continue;
            }

            if (!names.TryAdd((target.Kind, target.Name), operations[i]))
            {
                var kind = target.Kind == McpKind.Tool ? "tool" : "prompt";
                Fail(spec, i, kind, $"are the {kind} '{target.Name}'", names[(target.Kind, target.Name)], operations[i]);
            }
        }

        CheckResources(spec, operations);
    }

    private static void CheckResources(MappingReader spec, IReadOnlyList<Operation> operations)
    {
        for (var i = 1; i < operations.Count; i++)
        {
            for (var j = 0; j < i; j++)
            {
                if (operations[i].Mcp?.Pattern is { } own && operations[j].Mcp?.Pattern is { } other && own.Meets(other))
                {
                    Fail(spec, i, "resource", "fit the same address", operations[j], operations[i]);
                }
            }
        }
    }

    private static void Fail(MappingReader spec, int index, string field, string problem, Operation first, Operation second) =>
        spec.Fail(
            $"operations[{index}].{field}",
            $"The operations '{first.Id}' and '{second.Id}' {problem}.",
            field == "resource" ? "Narrow one, so that no address fits both." : "Keep one.",
            second.Source
        );
}
