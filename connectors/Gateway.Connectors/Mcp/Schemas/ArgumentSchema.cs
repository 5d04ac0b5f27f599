using System.Text.Json;
using Gateway.Connectors.Mcp.Schemas.Values;

namespace Gateway.Connectors.Mcp.Schemas;

/// <summary>
/// A compiled <c>inputSchema</c> of an MCP tool: JSON Schema 2020-12, or draft-07 where the schema names it. Whole, but for references that
/// leave the document, patterns that can't be matched in linear time, and <c>format</c>, which 2020-12 takes for an annotation.
/// Validating takes steps in proportion to the sizes of schema and arguments: who would need more is refused. Immutable and thread-safe.
/// </summary>
public sealed class ArgumentSchema
{
    /// <value>The longest schema, in bytes.</value>
    public const int MaxBytes = 256 * 1024;

    /// <value>The deepest nesting of a schema and of arguments, as everywhere in Gateway.</value>
    public const int MaxDepth = Json.StrictJsonReader.MaxDepth;

    /// <value>How many failures are told.</value>
    public const int MaxFailures = 4;

    /// <value>Steps that any validation may take.</value>
    internal const long BaseSteps = 10_000;

    /// <value>
    /// Steps for each byte of schema and arguments. Ordinary schemas take less than one, trees of alternatives some ten. A step is
    /// a subschema applied, a member or item visited, some bytes compared, a character at one place of a pattern.
    /// </value>
    internal const long StepsPerByte = 32;

    private readonly SchemaDocument _document;
    private readonly SchemaNode _root;
    private readonly bool _hasDynamicScope;

    private ArgumentSchema(SchemaDocument document, SchemaNode root, bool hasDynamicScope) =>
        (_document, _root, _hasDynamicScope) = (document, root, hasDynamicScope);

    /// <param name="utf8Schema">One JSON value; copied.</param>
    public static SchemaCompilation Compile(ReadOnlyMemory<byte> utf8Schema)
    {
        if (utf8Schema.Length > MaxBytes)
        {
            return SchemaCompilation.Failed("", $"the schema has {utf8Schema.Length} bytes; {MaxBytes} are the most");
        }

        try
        {
            var document = SchemaDocument.Read(utf8Schema.Span);
            var places = new SchemaPlaces(document);
            var root = new SchemaReading(document, places).Read();
            InPlaceDepth.Check(document, root);
            return new SchemaCompilation(
                new ArgumentSchema(document, root.Root, places.Identifiers.HasDynamicScope),
                Pointer: "",
                Reason: ""
            );
        }
        catch (JsonException)
        {
            return SchemaCompilation.Failed("", $"the schema isn't JSON with one reading, at most {MaxDepth} deep");
        }
        catch (SchemaFault e)
        {
            return SchemaCompilation.Failed(e.Pointer, e.Message);
        }
    }

    /// <summary>Whether arguments fit. Never throws for what they are; what isn't JSON with one reading doesn't fit.</summary>
    /// <param name="utf8Json">One JSON value.</param>
    public ArgumentFit Validate(ReadOnlySpan<byte> utf8Json) => Validate(utf8Json, out _);

    /// <param name="steps">How many were taken.</param>
    internal ArgumentFit Validate(ReadOnlySpan<byte> utf8Json, out long steps)
    {
        steps = 0;
        JsonTable table = default;
        try
        {
            table = JsonTable.Read(utf8Json);
            return Validate(table.View(utf8Json), utf8Json.Length, out steps);
        }
        catch (JsonException)
        {
            return ArgumentFit.Failed(new SchemaFailure("", "", $"JSON with one reading, at most {MaxDepth} deep, exponents of 9 digits"));
        }
        finally
        {
            table.Dispose();
        }
    }

    private ArgumentFit Validate(JsonView json, int length, out long steps)
    {
        var budget = BaseSteps + (StepsPerByte * (_document.Length + (long)length));
        var walk = new SchemaWalk(json, _document.View, budget, _hasDynamicScope);
        try
        {
            var fits = walk.Fits(_root, 0, SchemaWalk.NoMarks);
            steps = budget - walk.Steps;
            return walk.IsSpent
                    ? ArgumentFit.Failed(new SchemaFailure("", "", "less work: checking these arguments takes too long or goes too deep"))
                : fits ? ArgumentFit.Valid
                : new ArgumentFit(isValid: false, walk.Failures);
        }
        finally
        {
            walk.Dispose();
        }
    }
}
