using Gateway.Policy.Model;

namespace Gateway.Policy.Documents.Kinds;

/// <summary>Reads one operation of an MCP connector: exactly one tool, prompt or resource, and the terms of its use.</summary>
internal static class McpOperationFields
{
    private static readonly string[] Kinds = ["tool", "prompt", "resource"];

    public static Operation Read(MappingReader section)
    {
        ForeignFields.CheckOperation(section, ConnectorType.Mcp);
        var id = section.Required("name", Formats.Id<Operation>());
        if (id.ToString().StartsWith(McpBuiltIns.Prefix, StringComparison.Ordinal))
        {
            section.Fail("name", $"Names that begin with '{McpBuiltIns.Prefix}' are those of built-in operations.", "Choose another name.");
        }

        var target = ReadTarget(section);
        return new Operation
        {
            Id = id,
            // To get a prompt or a resource is to read; what a tool does only its author knows.
            Action = target?.Kind is McpKind.Prompt or McpKind.Resource
                ? section.Optional("action", Vocabulary.Action.Format, ActionType.Read)
                : section.Required("action", Vocabulary.Action.Format),
            Risk = section.Required("risk", Vocabulary.Risk.Format),
            Data = OperationFields.ReadData(section),
            Methods = ["POST"],
            Path = McpBuiltIns.Endpoint,
            Reversible = section.Optional("reversible", Formats.Bool, false),
            RequestBytes = section.Optional(
                "requestBytes",
                Quantities.Size(OperationFields.MaxRequestBytes),
                Operation.DefaultRequestBytes
            ),
            ResponseBytes = section.Optional(
                "responseBytes",
                Quantities.Size(OperationFields.MaxResponseBytes),
                Operation.DefaultResponseBytes
            ),
            RequestHeaders = McpSurface.RequestHeaders,
            ResponseHeaders = McpSurface.ResponseHeaders,
            Purposes = section.List("purposes", Formats.Name, []),
            Transaction = TransactionFields.Read(section),
            Sends = ReadSends(section, target),
            Mcp = target,
            Source = section.Position,
        };
    }

    /// <summary>Null where it has an error.</summary>
    private static McpTarget? ReadTarget(MappingReader section)
    {
        section.Ignore(Kinds);
        var named = Kinds.Where(section.Has).ToList();
        var pin = section.OptionalValue("pin", McpFormats.Pin);
        if (named.Count != 1)
        {
            section.Fail(
                named.Count == 0 ? "" : named[1],
                named.Count == 0 ? "It names nothing of the server's." : $"It names a {named[0]} and a {named[1]}.",
                named.Count == 0 ? "Add one of: tool, prompt, resource." : "Keep one, and make another operation for the other."
            );
            return null;
        }

        switch (named[0])
        {
            case "tool":
                return section.Required("tool", McpFormats.Tool) is { } tool ? new McpTarget(McpKind.Tool, tool, pin) : null;
            case "prompt":
                return section.Required("prompt", Formats.Text(McpSurface.MaxName)) is { } prompt
                    ? new McpTarget(McpKind.Prompt, prompt, pin)
                    : null;
            default:
                return section.Required("resource", McpFormats.Resource) is { } pattern
                    ? new McpTarget(McpKind.Resource, pattern.Text, pin) { Pattern = pattern }
                    : null;
        }
    }

    private static Sends? ReadSends(MappingReader section, McpTarget? target)
    {
        var sends = section.OptionalValue(SendsFields.Name, Vocabulary.Sends.Format);
        if (sends == Sends.Nothing && target is { Pattern.IsLiteral: false })
        {
            section.Fail(SendsFields.Name, "What its star stands for is sent.", "Use identifiers, or an address without a star.");
        }

        return sends;
    }
}
