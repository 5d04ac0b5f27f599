namespace Gateway.Connectors.Mcp.Definitions;

/// <summary>What a server lists: its definitions, of four kinds.</summary>
public enum ListKind
{
    /// <summary>Nothing: no list is of this kind.</summary>
    Unspecified = 0,

    /// <summary><c>tools/list</c>, by <c>name</c>.</summary>
    Tools = 1,

    /// <summary><c>prompts/list</c>, by <c>name</c>.</summary>
    Prompts = 2,

    /// <summary><c>resources/list</c>, by <c>uri</c>.</summary>
    Resources = 3,

    /// <summary><c>resources/templates/list</c>, by <c>uriTemplate</c>.</summary>
    ResourceTemplates = 4,
}

/// <summary>Where a list of each kind stands in its result, and what names its items.</summary>
internal static class ListShape
{
    public static ReadOnlySpan<byte> ArrayOf(ListKind kind) =>
        kind switch
        {
            ListKind.Tools => "tools"u8,
            ListKind.Prompts => "prompts"u8,
            ListKind.Resources => "resources"u8,
            ListKind.ResourceTemplates => "resourceTemplates"u8,
            ListKind.Unspecified => throw new ArgumentOutOfRangeException(
                nameof(kind),
                "A list is of tools, prompts, resources or templates."
            ),
        };

    public static ReadOnlySpan<byte> NameOf(ListKind kind) =>
        kind switch
        {
            ListKind.Tools or ListKind.Prompts => "name"u8,
            ListKind.Resources => "uri"u8,
            ListKind.ResourceTemplates => "uriTemplate"u8,
            ListKind.Unspecified => throw new ArgumentOutOfRangeException(
                nameof(kind),
                "A list is of tools, prompts, resources or templates."
            ),
        };
}
