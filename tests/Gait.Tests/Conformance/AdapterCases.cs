using System.Text.Json;
using Gateway.Gait.Adapters;

namespace Gateway.Gait.Tests.Conformance;

/// <summary>Tool calls of several shapes, and what must be in the intents made from them.</summary>
internal static class AdapterCases
{
    private const string Strict = " (strict context)";

    public static IReadOnlyList<CaseResult> Run(Corpus corpus) =>
        [.. corpus.Cases("adapter_cases").Select(c => CaseResult.Of(c.Text("id"), Run(corpus, c)))];

    private static string? Run(Corpus corpus, JsonElement c)
    {
        var adapter = c.Text("adapter");
        var strict = adapter.EndsWith(Strict, StringComparison.Ordinal);
        var result = ToolCallAdapters.Read(
            adapter.Replace(Strict, "", StringComparison.Ordinal),
            corpus.Bytes(c.Text("payload")),
            new ToolCallOptions(strict)
        );
        var expected = c.GetProperty("expected");
        if (expected.Flag("error") || expected.Flag("error_on_evaluate"))
        {
            return result.Intent is null ? null : "It was accepted.";
        }

        if (!result.TryGet(out var intent))
        {
            return string.Join("; ", result.Errors);
        }

        return expected
            .EnumerateObject()
            .Select(field => (Field: field, Actual: IntentFields.Text(intent, field.Name.Replace("intent.", "", StringComparison.Ordinal))))
            .Where(pair => pair.Actual != IntentFields.Expected(pair.Field.Value))
            .Select(pair => $"{pair.Field.Name}: {pair.Actual}, not {pair.Field.Value}")
            .FirstOrDefault();
    }
}
