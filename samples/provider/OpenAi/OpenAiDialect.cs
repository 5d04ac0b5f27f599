using Gateway.Samples.Provider.Answering;

namespace Gateway.Samples.Provider.OpenAi;

/// <summary>The OpenAI dialect under <c>/v1</c>.</summary>
internal static class OpenAiDialect
{
    public static void Map(IEndpointRouteBuilder app, string key)
    {
        var door = new Door(headers => headers.Authorization.ToString(), $"Bearer {key}", Error);
        app.MapPost("/v1/chat/completions", door.Of(PromptReader.ReadChat, ChatCompletions.AnswerAsync));
        app.MapPost("/v1/responses", door.Of(ResponsesReader.Read, Responses.AnswerAsync));
        app.MapPost("/v1/completions", door.Of(PromptReader.ReadCompletion, Completions.AnswerAsync));
        app.MapPost("/v1/embeddings", door.Of(PromptReader.ReadEmbedding, Embeddings.AnswerAsync));
        app.MapGet("/v1/models", door.Of(null, Models.ListAsync));
        app.MapGet("/v1/models/{model}", door.Of(Models.ReadName, Models.OneAsync));
    }

    public static string Error(int status, string message) =>
        $$$"""
            {"error":{"message":{{{Wire.Quote(message)}}},"type":"{{{TypeOf(status)}}}","param":null,"code":{{{CodeOf(status)}}}}}
            """;

    private static string TypeOf(int status) =>
        status switch
        {
            429 => "requests",
            >= 500 => "server_error",
            _ => "invalid_request_error",
        };

    private static string CodeOf(int status) =>
        status switch
        {
            401 => "\"invalid_api_key\"",
            404 => "\"model_not_found\"",
            429 => "\"rate_limit_exceeded\"",
            _ => "null",
        };
}
