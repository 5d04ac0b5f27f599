using System.Text.Json;
using Gateway.Samples.Provider.Answering;

namespace Gateway.Samples.Provider.OpenAi;

/// <summary>Reads the bodies of chat completions, completions and embeddings.</summary>
internal static class PromptReader
{
    public static Prompt ReadChat(HttpContext http, JsonElement body)
    {
        var messages = body.Objects("messages") ?? throw new RequestBodyException("Missing required parameter: 'messages'.");
        var (last, words, toolResult) = ("", 0, (string?)null);
        foreach (var message in messages)
        {
            var text = message.TryGetProperty("content", out var content) ? Wire.TextOf(content) : "";
            var role = message.RequiredText("role");
            words += Wire.CountWords(text);
            last = role == "user" ? text : last;
            toolResult = role == "tool" ? text : null;
        }

        return Common(body) with
        {
            Last = last,
            InputWords = words,
            ToolResult = toolResult,
            Tool = ToolChoice.Of(last, Functions(body)),
            Fitting = Schema(body) is { } schema ? ToolArguments.For(schema) : null,
        };
    }

    public static Prompt ReadCompletion(HttpContext http, JsonElement body)
    {
        var text = body.RequiredText("prompt");
        return Common(body) with { Last = text, InputWords = Wire.CountWords(text) };
    }

    public static Prompt ReadEmbedding(HttpContext http, JsonElement body)
    {
        var inputs = Embeddings.Inputs(body);
        return new Prompt
        {
            Model = body.RequiredText("model"),
            Last = inputs[^1],
            InputWords = inputs.Sum(text => Wire.CountWords(text)),
        };
    }

    private static Prompt Common(JsonElement body) =>
        new()
        {
            Model = body.RequiredText("model"),
            MaxTokens = body.Number("max_completion_tokens") ?? body.Number("max_tokens"),
            Stream = body.Flag("stream"),
            IncludeUsage = body.Object("stream_options")?.Flag("include_usage") ?? false,
            Choices = Math.Clamp(body.Number("n") ?? 1, 1, 128),
        };

    private static JsonElement? Schema(JsonElement body) => body.Object("response_format")?.Object("json_schema")?.Object("schema");

    private static IEnumerable<(string, JsonElement?)> Functions(JsonElement body)
    {
        foreach (var tool in body.Objects("tools") ?? [])
        {
            if (tool.Object("function") is { } function)
            {
                yield return (function.RequiredText("name"), function.Object("parameters"));
            }
        }
    }
}
