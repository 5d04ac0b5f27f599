using Gateway.Policy.Model;

namespace Gateway.Connectors.Mcp.Definitions;

/// <summary>
/// One listed tool, prompt, resource or template, with what a look at it found. Immutable.
/// </summary>
public sealed record Definition
{
    /// <value>Bytes of a name or URI at most.</value>
    public const int MaxNameLength = 2048;

    /// <summary>Nothing but <see cref="DefinitionFinding.Sound"/> may be shown or called.</summary>
    public required DefinitionFinding Finding { get; init; }

    /// <summary>A tool's or prompt's <c>name</c>, a resource's <c>uri</c>, a template's <c>uriTemplate</c>; empty where there is
    /// none.</summary>
    public string Name { get; init; } = "";

    /// <summary>What a pin is compared with (<see cref="DefinitionDigest"/>); all zeros where there is none.</summary>
    public Sha256Digest Digest { get; init; }

    /// <summary>A tool's <c>inputSchema</c>, the bytes as they were listed; empty for anything else.</summary>
    public ReadOnlyMemory<byte> InputSchema { get; init; }

    /// <summary>Whether a tool says what its <c>structuredContent</c> is: clients throw an answer without it away.</summary>
    public bool HasOutputSchema { get; init; }

    /// <summary>What a tool says of itself in <c>annotations</c>.</summary>
    public ToolClaims Claims { get; init; }

    /// <summary>The arguments that a call of a tool repeats in headers.</summary>
    public IReadOnlyList<HeaderParameter> Headers { get; init; } = [];
}

/// <summary>
/// What a tool claims of itself. The server may claim anything: rules may tighten by it, nothing may loosen. Null where it claims nothing.
/// </summary>
public readonly record struct ToolClaims(bool? ReadOnly, bool? Destructive, bool? Idempotent, bool? OpenWorld);
