using System.Text;
using Gateway.Connectors.Json;
using Gateway.Connectors.Mcp.Schemas;

namespace Gateway.Fuzz.Tests.Targets;

/// <summary>
/// A schema in the first line, arguments in the rest. Compiling and validating never throw; what fits has one reading; the schema applied
/// inside another says the same, and its opposite fits exactly what it doesn't.
/// </summary>
internal static class SchemaTarget
{
    public static void Check(byte[] input)
    {
        var end = Array.IndexOf(input, (byte)'\n');
        if (end < 0)
        {
            return;
        }

        var (schema, json) = (input[..end], input[(end + 1)..]);
        var compiled = ArgumentSchema.Compile(schema);
        Promise.Same(compiled.Schema is null, compiled.Reason.Length > 0, "A schema is one, or the reason says why not.");
        if (!compiled.TryGet(out var whole))
        {
            return;
        }

        Promise.That(StrictJson.IsValue(schema), "A schema that is taken is JSON with one reading.");
        var fit = whole.Validate(json);
        Promise.That(!fit.IsValid || StrictJson.IsValue(json), "Arguments that fit are JSON with one reading.");
        Promise.Same(fit.IsValid, fit.Failures.Count == 0, "Who fits has no failure, and who doesn't has one.");
        if (IsJudged(fit) && Around("""{"allOf":[""", schema, "]}") is { } inside && inside.Validate(json) is var same && IsJudged(same))
        {
            Promise.Same(fit.IsValid, same.IsValid, "A schema inside another says what it says alone.");
        }

        if (IsJudged(fit) && Around("""{"not":""", schema, "}") is { } not && not.Validate(json) is var opposite && IsJudged(opposite))
        {
            Promise.Same(fit.IsValid, !opposite.IsValid, "Its opposite fits what it doesn't.");
        }
    }

    /// <summary>Null where the schema refers to itself as a whole, which is another one then, or stands too deep.</summary>
    private static ArgumentSchema? Around(string before, byte[] schema, string after)
    {
        var text = Encoding.UTF8.GetString(schema);
        var isWhole =
            !text.Contains("Ref", StringComparison.Ordinal)
            && !text.Contains("ref", StringComparison.Ordinal)
            && !text.Contains("\\u", StringComparison.Ordinal)
            && !text.Contains("$schema", StringComparison.Ordinal);
        return isWhole && ArgumentSchema.Compile(Encoding.UTF8.GetBytes(before + text + after)).TryGet(out var compiled) ? compiled : null;
    }

    /// <summary>False where it wasn't JSON, or took too long: nothing was said of the schema then.</summary>
    private static bool IsJudged(ArgumentFit fit) =>
        fit.Failures.All(failure => failure is not { Pointer: "", Keyword: "" })
        || fit.Failures.Any(failure => failure.Expected == "nothing");
}
