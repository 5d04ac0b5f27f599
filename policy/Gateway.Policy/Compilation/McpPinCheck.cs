using Gateway.Policy.Documents;
using Gateway.Policy.Model;

namespace Gateway.Policy.Compilation;

/// <summary>
/// Refuses an MCP connector of an environment that pins, with an operation that isn't pinned: nobody would have seen what is called there,
/// and it would be neither listed nor called. What a star stands for has definitions of its own, so its operation may have no pin.
/// </summary>
internal static class McpPinCheck
{
    public static void Run(IEnumerable<Connector> connectors, ErrorList errors)
    {
        foreach (var connector in connectors)
        {
            if (connector.Mcp is null || !McpSurface.NeedsPin(connector.Environment))
            {
                continue;
            }

            for (var i = 0; i < connector.Operations.Count; i++)
            {
                if (connector.Operations[i] is { Mcp: { IsOne: true, Pin: null } } operation)
                {
                    errors.Add(
                        operation.Source,
                        $"spec.operations[{i}].pin",
                        $"It is missing, and the connector's environment is {Vocabulary.Environment.Text(connector.Environment)}.",
                        "Add the digest of the definition that you approved; to use the first that is seen, set environment: development."
                    );
                }
            }
        }
    }
}
