using Gateway.Samples.Provider.Answering;

namespace Gateway.Samples.Provider.Anthropic;

/// <summary>The Anthropic dialect under <c>/anthropic/v1</c>.</summary>
internal static class AnthropicDialect
{
    public static void Map(IEndpointRouteBuilder app, string key)
    {
        var door = new Door(CredentialOf, key, Error);
        app.MapPost("/anthropic/v1/messages", door.Of(MessagesReader.Read, Messages.AnswerAsync));
        app.MapPost("/anthropic/v1/messages/count_tokens", door.Of(MessagesReader.ReadForCounting, CountAsync));
        app.MapGet("/anthropic/v1/models", door.Of(null, Models.ListAsync));
        app.MapGet("/anthropic/v1/models/{model}", door.Of(null, Models.OneAsync));
        new Batches().Map(app, door);
    }

    public static string Error(int status, string message) =>
        $$$"""
            {"type":"error","error":{"type":"{{{TypeOf(status)}}}","message":{{{Wire.Quote(message)}}}},"request_id":"{{{Wire.NextId(
                "req_"
            )}}}"}
            """;

    // Clients up to 0.x carry the key in x-api-key, those from 1.0 as a bearer. Both at once is a client's key beside the injected one.
    private static string CredentialOf(IHeaderDictionary headers)
    {
        const string scheme = "Bearer ";
        var (own, bearer) = (headers["x-api-key"].ToString(), headers.Authorization.ToString());
        return own.Length == 0 && bearer.StartsWith(scheme, StringComparison.Ordinal) ? bearer[scheme.Length..]
            : bearer.Length == 0 ? own
            : "";
    }

    private static Task CountAsync(Exchange exchange) => exchange.SendAsync($$"""{"input_tokens":{{exchange.Prompt.InputWords}}}""");

    private static string TypeOf(int status) =>
        status switch
        {
            400 => "invalid_request_error",
            401 => "authentication_error",
            403 => "permission_error",
            404 => "not_found_error",
            413 => "request_too_large",
            429 => "rate_limit_error",
            529 => "overloaded_error",
            _ => "api_error",
        };
}
