namespace Gateway.Policy.Model;

/// <summary>What an operation of an MCP connector is to its server.</summary>
/// <param name="Kind">What it names; of the built-in operations what they are.</param>
/// <param name="Name">
/// The tool's or prompt's name, compared byte by byte; a resource's address or pattern; empty for a built-in operation.
/// </param>
/// <param name="Pin">
/// SHA-256 over the canonical form (RFC 8785) of the listed object without <c>_meta</c> and <c>icons</c>: the only definition that may be
/// listed and called. Null where the document says none, see <see cref="McpSurface.NeedsPin"/>.
/// </param>
public sealed record McpTarget(McpKind Kind, string Name, Sha256Digest? Pin)
{
    /// <summary>Of a resource; null for anything else.</summary>
    public ResourcePattern? Pattern { get; init; }

    /// <summary>Whether Gateway brings it with every MCP connector: <c>mcp.session</c> and <c>mcp.list</c>.</summary>
    public bool IsBuiltIn => Kind is McpKind.Session or McpKind.List;

    /// <summary>What a client calls to use it; of a built-in operation, what it begins with. Empty for nothing.</summary>
    public string Method =>
        Kind switch
        {
            McpKind.Tool => "tools/call",
            McpKind.Prompt => "prompts/get",
            McpKind.Resource => "resources/read",
            McpKind.Session => "initialize",
            McpKind.List => "tools/list",
            McpKind.Unspecified => "",
        };

    /// <summary>What a client says that it calls; null where that isn't one thing.</summary>
    public string? Called => IsOne ? Name : null;

    /// <summary>Whether it is one listed object. A pattern with a star stands for many, each with a definition of its own.</summary>
    public bool IsOne => Kind is McpKind.Tool or McpKind.Prompt || Pattern is { IsLiteral: true };
}

/// <summary>What an operation of an MCP connector names.</summary>
public enum McpKind
{
    Unspecified = 0,
    Tool = 1,
    Prompt = 2,
    Resource = 3,

    /// <summary>Beginning, keeping and ending a session, and answers to what a server asks for.</summary>
    Session = 4,

    /// <summary>Asking what there is.</summary>
    List = 5,
}
