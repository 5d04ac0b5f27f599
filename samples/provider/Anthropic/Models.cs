using Gateway.Samples.Provider.Answering;

namespace Gateway.Samples.Provider.Anthropic;

/// <summary><c>GET /anthropic/v1/models</c>. Other names work too: the list is what the stand-in admits to.</summary>
internal static class Models
{
    private static readonly string[] Names = ["claude-sonnet-4-5", "claude-haiku-4-5", "claude-opus-4-5"];

    public static Task ListAsync(Exchange exchange) =>
        exchange.SendAsync(
            $$"""
            {"data":[{{string.Join(',', Names.Select(Show))}}],"has_more":false,"first_id":"{{Names[0]}}","last_id":"{{Names[^1]}}"}
            """
        );

    public static Task OneAsync(Exchange exchange)
    {
        var name = (string)exchange.Http.GetRouteValue("model")!;
        return name.StartsWith("no-such", StringComparison.Ordinal)
            ? throw new RequestBodyException($"model: {name}") { Status = StatusCodes.Status404NotFound }
            : exchange.SendAsync(Show(name));
    }

    private static string Show(string name) =>
        $$"""
            {"type":"model","id":{{Wire.Quote(name)}},"display_name":{{Wire.Quote(name)}},"created_at":"2025-10-01T00:00:00Z"}
            """;
}
