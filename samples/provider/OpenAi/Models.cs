using Gateway.Samples.Provider.Answering;

namespace Gateway.Samples.Provider.OpenAi;

/// <summary><c>GET /v1/models</c>. Other names work too: the list is what the stand-in admits to.</summary>
internal static class Models
{
    private static readonly string[] Names = ["gpt-4o", "gpt-4o-mini", "gpt-5", "gpt-5-mini", "text-embedding-3-small", "standin-large"];

    public static Task ListAsync(Exchange exchange) =>
        exchange.SendAsync($$"""{"object":"list","data":[{{string.Join(',', Names.Select(Show))}}]}""");

    public static Task OneAsync(Exchange exchange)
    {
        var name = (string)exchange.Http.GetRouteValue("model")!;
        return name.StartsWith("no-such", StringComparison.Ordinal)
            ? throw new RequestBodyException($"The model '{name}' does not exist.") { Status = StatusCodes.Status404NotFound }
            : exchange.SendAsync(Show(name));
    }

    private static string Show(string name) =>
        $$"""
            {"id":{{Wire.Quote(name)}},"object":"model","created":1715367049,"owned_by":"standin"}
            """;
}
