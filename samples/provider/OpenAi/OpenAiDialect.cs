using Gateway.Samples.Provider.Answering;

namespace Gateway.Samples.Provider.OpenAi;

/// <summary>The OpenAI dialect under <c>/v1</c>.</summary>
internal static class OpenAiDialect
{
    public static void Map(IEndpointRouteBuilder app, string key)
    {
        var door = new Door(headers => headers.Authorization.ToString(), $"Bearer {key}", Error);
        app.MapPost("/v1/chat/completions", door.Of(PromptReader.ReadChat, ChatCompletions.AnswerAsync));
        app.MapPost("/v1/completions", door.Of(PromptReader.ReadCompletion, Completions.AnswerAsync));
        app.MapPost("/v1/embeddings", door.Of(PromptReader.ReadEmbedding, Embeddings.AnswerAsync));
        app.MapGet("/v1/models", door.Of(null, Models.ListAsync));
        app.MapGet("/v1/models/{model}", door.Of(null, Models.OneAsync));
        app.MapPost("/v1/moderations", door.Of(Reading.Nothing, ModerateAsync));
        MapKept(app, door);
    }

    private static void MapKept(IEndpointRouteBuilder app, Door door)
    {
        var (conversations, files) = (new Conversations(), new Files());
        conversations.Map(app, door);
        files.Map(app, door);
        new Batches(files).Map(app, door);
        new Responses(new StoredResponses(conversations)).Map(app, door);
    }

    private static Task ModerateAsync(Exchange exchange) =>
        exchange.SendAsync(
            $$$"""
            {"id":"{{{Wire.NextId("modr-")}}}","model":"omni-moderation-latest","results":[{"flagged":false,"categories":{"hate":false},
            "category_scores":{"hate":0.001},"category_applied_input_types":{"hate":["text"]}}]}
            """
        );

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
