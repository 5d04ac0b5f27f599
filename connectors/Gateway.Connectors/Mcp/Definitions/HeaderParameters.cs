using System.Diagnostics.CodeAnalysis;
using Gateway.Connectors.Json;

namespace Gateway.Connectors.Mcp.Definitions;

/// <summary>An argument that a call repeats in a header, <c>Mcp-Param-{Name}</c>.</summary>
/// <param name="Name">As the schema writes it; compared without regard to case.</param>
/// <param name="Path">Names of properties from the arguments' root to the value. At least one.</param>
public sealed record HeaderParameter(string Name, IReadOnlyList<string> Path, HeaderParameterType Type);

/// <summary>What an argument is that a header repeats: the three that SEP-2243 allows.</summary>
public enum HeaderParameterType
{
    Unspecified = 0,
    String = 1,
    Integer = 2,
    Boolean = 3,
}

/// <summary>
/// Reads the <c>x-mcp-header</c> of a tool's <c>inputSchema</c> by the rules of MCP's revision 2026-07-28 (SEP-2243, "Custom Headers from
/// Tool Parameters"): a header's token, unlike any other of the schema without regard to case, on a string, an integer or a boolean that is
/// reached from the root by <c>properties</c> alone. One that breaks a rule, or stands anywhere else in the schema, makes the tool invalid.
/// </summary>
public static class HeaderParameters
{
    /// <value>More than this aren't read: no client can send many more headers.</value>
    public const int Most = 64;

    /// <param name="inputSchema">A JSON object.</param>
    /// <param name="parameters">In the order of the schema; none where nothing is annotated.</param>
    /// <returns>False where the schema isn't a strict JSON object or an annotation breaks a rule.</returns>
    public static bool TryRead(ReadOnlySpan<byte> inputSchema, [NotNullWhen(true)] out IReadOnlyList<HeaderParameter>? parameters)
    {
        parameters = null;
        if (!StrictJson.IsObject(inputSchema))
        {
            return false;
        }

        var walk = new HeaderWalk();
        if (!walk.Schema(inputSchema, inputSchema.IndexOf((byte)'{'), isReachable: true))
        {
            return false;
        }

        parameters = walk.Found;
        return true;
    }
}
