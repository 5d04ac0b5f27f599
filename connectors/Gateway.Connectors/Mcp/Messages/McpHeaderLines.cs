namespace Gateway.Connectors.Mcp.Messages;

/// <summary>
/// The mirrored headers of one request, as they came: what <see cref="McpHeaders"/> holds against the body. Filled line by line. A mutable
/// struct: pass it by reference, and never copy one that is being filled.
/// </summary>
public struct McpHeaderLines
{
    private List<KeyValuePair<string, string>>? _params;

    public string? ProtocolVersion { get; private set; }

    public string? Method { get; private set; }

    public string? Name { get; private set; }

    /// <summary>Whether one of them came twice, so that it depends on the reader which one counts.</summary>
    public bool HasTwice { get; private set; }

    /// <value>Every <c>Mcp-Param-*</c>, known or not.</value>
    public readonly IReadOnlyList<KeyValuePair<string, string>> Params => _params ?? [];

    /// <summary>Takes one line of the head; what isn't a mirrored header is passed over.</summary>
    /// <param name="name">In any case.</param>
    /// <param name="value">Of one line: never several joined.</param>
    public void Add(string name, string value)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(value);
        if (!name.StartsWith("Mcp-", StringComparison.OrdinalIgnoreCase))
        {
            return;
        }

        if (name.Equals(McpHeaders.Version, StringComparison.OrdinalIgnoreCase))
        {
            HasTwice |= ProtocolVersion is not null;
            ProtocolVersion = value;
        }
        else if (name.Equals(McpHeaders.Method, StringComparison.OrdinalIgnoreCase))
        {
            HasTwice |= Method is not null;
            Method = value;
        }
        else if (name.Equals(McpHeaders.Name, StringComparison.OrdinalIgnoreCase))
        {
            HasTwice |= Name is not null;
            Name = value;
        }
        else if (name.StartsWith(McpHeaders.ParamPrefix, StringComparison.OrdinalIgnoreCase))
        {
            HasTwice |= FindParam(name.AsSpan(McpHeaders.ParamPrefix.Length)) is not null;
            (_params ??= []).Add(KeyValuePair.Create(name, value));
        }
    }

    /// <summary>The value of <c>Mcp-Param-…</c>; null where it didn't come.</summary>
    /// <param name="name">What stands behind the prefix, in any case.</param>
    public readonly string? FindParam(ReadOnlySpan<char> name)
    {
        if (_params is not null)
        {
            foreach (var (line, value) in _params)
            {
                if (name.Equals(line.AsSpan(McpHeaders.ParamPrefix.Length), StringComparison.OrdinalIgnoreCase))
                {
                    return value;
                }
            }
        }

        return null;
    }
}
