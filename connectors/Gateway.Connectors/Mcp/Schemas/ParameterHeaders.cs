using System.Buffers;
using System.Text.Json;

namespace Gateway.Connectors.Mcp.Schemas;

/// <summary>
/// What a tool's schema says by <c>x-mcp-header</c> of headers that repeat arguments (MCP 2026-07-28, Streamable HTTP, "Custom Headers from
/// Tool Parameters"). Where one annotation isn't valid the tool isn't, and there are no headers.
/// </summary>
/// <param name="Headers">In the order of the schema.</param>
/// <param name="Pointer">Where in the schema the annotation stands that isn't valid; empty where all are, or for the root.</param>
/// <param name="Reason">What is wrong with it; empty where all are valid.</param>
public sealed record ParameterHeaders(IReadOnlyList<ParameterHeader> Headers, string Pointer, string Reason)
{
    private const string Keyword = "x-mcp-header";

    // RFC 9110 section 5.6.2.
    private static readonly SearchValues<char> TokenCharacters = SearchValues.Create(
        "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
    );

    public bool AreValid => Reason.Length == 0;

    internal static ParameterHeaders Find(SchemaDocument document, SchemaPlaces places)
    {
        try
        {
            var headers = new List<ParameterHeader>();
            var reached = new HashSet<int>();
            Reach(document, 0, [], headers, reached);
            foreach (var schema in places.Schemas)
            {
                CheckElsewhere(document, schema, places.DialectOf(schema), reached);
            }

            return new ParameterHeaders(headers, Pointer: "", Reason: "");
        }
        catch (SchemaFault e)
        {
            return new ParameterHeaders([], e.Pointer, e.Message);
        }
    }

    /// <summary>Goes down by <c>properties</c> alone: only there an argument is known to be what the annotation means.</summary>
    private static void Reach(SchemaDocument document, int schema, string[] path, List<ParameterHeader> headers, HashSet<int> reached)
    {
        if (path.Length > 0)
        {
            reached.Add(schema);
            if (document.Find(schema, "x-mcp-header"u8) is >= 0 and var at)
            {
                headers.Add(new ParameterHeader(Name(document, at, headers), path, TypeOf(document, schema, at)));
            }
        }

        var properties = document.Find(schema, "properties"u8);
        if (properties < 0 || document.KindOf(properties) != JsonTokenType.StartObject)
        {
            return;
        }

        foreach (var name in document.Children(properties))
        {
            Reach(document, name + 1, [.. path, document.Text(name)], headers, reached);
        }
    }

    private static void CheckElsewhere(SchemaDocument document, int schema, SchemaDialect dialect, HashSet<int> reached)
    {
        if (document.Find(schema, "x-mcp-header"u8) is >= 0 and var at && !reached.Contains(schema))
        {
            throw document.Fault(at, $"{Keyword} must stand at a property that is reached from the root by 'properties' alone");
        }

        if (dialect == SchemaDialect.Draft07 && document.Find(schema, "$ref"u8) >= 0 && document.HasName(schema, "x-mcp-header"u8))
        {
            throw document.Fault(schema, $"{Keyword} stands beside a $ref, where nothing counts in draft-07");
        }
    }

    private static string Name(SchemaDocument document, int at, List<ParameterHeader> headers)
    {
        var name = document.KindOf(at) == JsonTokenType.String ? document.Text(at) : "";
        if (name.Length == 0 || name.AsSpan().ContainsAnyExcept(TokenCharacters))
        {
            throw document.Fault(at, $"{Keyword} must be a token of HTTP");
        }

        document.Spend(headers.Count, at);
        return headers.Exists(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            ? throw document.Fault(at, $"{Keyword} has a name that is there already, upper and lower case not told apart")
            : name;
    }

    private static ParameterHeaderType TypeOf(SchemaDocument document, int schema, int at)
    {
        var type = document.Find(schema, "type"u8);
        return (type >= 0 && document.KindOf(type) == JsonTokenType.String ? document.Text(type) : "") switch
        {
            "string" => ParameterHeaderType.Text,
            "integer" => ParameterHeaderType.Integer,
            "boolean" => ParameterHeaderType.Boolean,
            _ => throw document.Fault(at, $"{Keyword} must stand at a property whose type is string, integer or boolean"),
        };
    }
}

/// <summary>One argument that a header repeats.</summary>
/// <param name="Name">Behind <c>Mcp-Param-</c>; upper and lower case don't matter.</param>
/// <param name="Path">The names of members that lead to the argument, from the arguments' top on; at least one.</param>
public sealed record ParameterHeader(string Name, IReadOnlyList<string> Path, ParameterHeaderType Type)
{
    public const string Prefix = "Mcp-Param-";

    /// <value>The path as a JSON pointer.</value>
    public string Pointer =>
        string.Concat(
            Path.Select(name => "/" + name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal))
        );
}

/// <summary>What an argument that a header repeats must be. The zero value is nothing that a header can repeat.</summary>
public enum ParameterHeaderType : byte
{
    None,
    Text,

    /// <value>Within 2⁵³ − 1 of zero, says the specification; the schema itself may allow more.</value>
    Integer,
    Boolean,
}
