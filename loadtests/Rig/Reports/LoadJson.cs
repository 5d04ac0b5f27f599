using System.Text.Json;
using System.Text.Json.Serialization;

namespace Gateway.LoadTests.Reports;

/// <summary>How a report is written: names and words in small letters with underscores.</summary>
internal static class LoadJson
{
    public static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    public static string Text(LoadReport report) => JsonSerializer.Serialize(report, Options) + "\n";
}
