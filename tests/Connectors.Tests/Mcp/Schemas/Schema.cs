using System.Text;
using Gateway.Connectors.Mcp.Schemas;

namespace Gateway.Connectors.Tests.Mcp.Schemas;

/// <summary>Schemas and arguments as texts.</summary>
internal static class Schema
{
    public const string Draft07 = """ "$schema":"http://json-schema.org/draft-07/schema#" """;

    public static ArgumentSchema Of(string text)
    {
        var compiled = Compile(text);
        Assert.True(compiled.TryGet(out var schema), $"{compiled.Pointer}: {compiled.Reason}");
        return schema;
    }

    public static SchemaCompilation Compile(string text) => ArgumentSchema.Compile(Encoding.UTF8.GetBytes(text));

    /// <summary>Where and why a schema can't be used.</summary>
    public static (string Pointer, string Reason) Fault(string text)
    {
        var compiled = Compile(text);
        Assert.Null(compiled.Schema);
        return (compiled.Pointer, compiled.Reason);
    }

    public static ArgumentFit Check(this ArgumentSchema schema, string json) => schema.Validate(Encoding.UTF8.GetBytes(json));

    public static bool Takes(this ArgumentSchema schema, string json) => schema.Check(json).IsValid;

    /// <summary>Whether it was checked to its end, and the steps that it took.</summary>
    public static (bool IsChecked, long Steps) Work(this ArgumentSchema schema, string json)
    {
        var fit = schema.Validate(Encoding.UTF8.GetBytes(json), out var steps);
        return (!fit.Failures.Any(failure => failure.Expected.StartsWith("less work", StringComparison.Ordinal)), steps);
    }

    public static string Repeat(int count, Func<int, string> part) => string.Join(',', Enumerable.Range(0, count).Select(part));
}
