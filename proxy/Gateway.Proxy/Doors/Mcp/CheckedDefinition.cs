using Gateway.Connectors.Mcp.Definitions;
using Gateway.Connectors.Mcp.Messages;
using Gateway.Connectors.Mcp.Schemas;

namespace Gateway.Proxy.Doors.Mcp;

/// <summary>A definition with what calls of it are held against, compiled. Immutable.</summary>
internal sealed class CheckedDefinition(Definition definition)
{
    private static readonly byte[] NoArguments = "{}"u8.ToArray();

    private readonly SchemaCompilation? _schema = definition.InputSchema.IsEmpty ? null : ArgumentSchema.Compile(definition.InputSchema);

    public Definition Definition => definition;

    /// <summary>The arguments that a call repeats in headers.</summary>
    public McpParamHeader[] Mirrored { get; } = [.. definition.Headers.Select(MirrorOf)];

    /// <summary>Those headers, in lower case.</summary>
    public string[] MirroredNames { get; } = [.. definition.Headers.Select(header => MirrorOf(header).Header.ToLowerInvariant())];

    /// <summary>Why arguments don't fit; null where they do.</summary>
    /// <param name="arguments">Empty for a call without any, which a server reads as an empty object.</param>
    public string? ProblemOf(ReadOnlySpan<byte> arguments)
    {
        if (_schema is null)
        {
            return null; // A prompt or a resource has none.
        }

        if (!_schema.TryGet(out var schema))
        {
            return $"the tool's inputSchema can't be checked at '{_schema.Pointer}': {_schema.Reason}. Its owner has to mend it.";
        }

        var fit = schema.Validate(arguments.IsEmpty ? NoArguments : arguments);
        return fit.IsValid ? null : string.Join("; ", fit.Failures);
    }

    private static McpParamHeader MirrorOf(HeaderParameter parameter) =>
        new(
            parameter.Name,
            string.Concat(parameter.Path.Select(Step)),
            parameter.Type switch
            {
                HeaderParameterType.String => McpParamType.Text,
                HeaderParameterType.Integer => McpParamType.Integer,
                HeaderParameterType.Boolean => McpParamType.Boolean,
                HeaderParameterType.Unspecified => McpParamType.None,
            }
        );

    /// <summary>RFC 6901, section 3.</summary>
    private static string Step(string name) =>
        $"/{name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";
}
