using Gateway.Policy.Model;

namespace Gateway.Policy.Documents.Kinds;

/// <summary>
/// Says of a field that only another type of connector has whose it is. Where the type itself can't be read, nothing is said of them: what
/// belongs to it isn't known.
/// </summary>
internal static class ForeignFields
{
    private static readonly string[] OfMcp = ["serverRequests", "elicitationHosts", "extensions", "definitions", "instructions"];

    private static readonly string[] OfOthers =
    [
        "models",
        "hostedTools",
        "unknown",
        "providerState",
        "agents",
        "risk",
        "requestBytes",
        "responseBytes",
    ];

    private static readonly string[] OfMcpOperations = ["tool", "prompt", "resource", "pin"];

    private static readonly string[] OfHttpOperations =
    [
        "methods",
        "path",
        "safeToRepeat",
        "read_variant",
        "requestTypes",
        "repeated",
        "requestHeaders",
        "responseHeaders",
    ];

    /// <summary>Of a connector.</summary>
    public static void Check(MappingReader spec, ConnectorType type) =>
        Check(spec, type, type == ConnectorType.Mcp ? OfOthers : OfMcp, type == ConnectorType.Mcp ? "a model type" : "the type mcp");

    /// <summary>Of one operation.</summary>
    public static void CheckOperation(MappingReader section, ConnectorType type) =>
        Check(
            section,
            type,
            type == ConnectorType.Mcp ? OfHttpOperations : OfMcpOperations,
            type == ConnectorType.Mcp ? "the type http" : "the type mcp"
        );

    private static void Check(MappingReader reader, ConnectorType type, string[] names, string owner)
    {
        foreach (var name in names)
        {
            if (reader.Has(name))
            {
                reader.Ignore(name);
                if (type != ConnectorType.Unspecified)
                {
                    reader.Fail(name, $"Only a connector of {owner} has it.", "Remove it, or correct the connector's type.");
                }
            }
        }
    }
}
