using System.Text.Json;
using Gateway.Samples.Provider.Answering;

namespace Gateway.Samples.Provider.Anthropic;

/// <summary>Reads the bodies of messages and of counting them.</summary>
internal static class MessagesReader
{
    public static Prompt Read(HttpContext http, JsonElement body)
    {
        var prompt = ReadForCounting(http, body);
        return prompt with
        {
            MaxTokens = body.Number("max_tokens") ?? throw new RequestBodyException("max_tokens: Field required"),
            Stream = body.Flag("stream"),
            Tool = ToolChoice.Of(prompt.Last, Tools(body)),
            Fitting = Schema(body) is { } schema ? ToolArguments.For(schema) : null,
        };
    }

    public static Prompt ReadForCounting(HttpContext http, JsonElement body)
    {
        if (http.Request.Headers["anthropic-version"].Count == 0)
        {
            throw new RequestBodyException("anthropic-version: header is required");
        }

        var messages = body.Objects("messages") ?? throw new RequestBodyException("messages: Field required");
        var words = body.TryGetProperty("system", out var system) ? Wire.CountWords(Wire.TextOf(system)) : 0;
        var (last, toolResult) = ("", (string?)null);
        foreach (var message in messages)
        {
            var content = message.TryGetProperty("content", out var found) ? found : default;
            var text = Wire.TextOf(content);
            toolResult = ToolResult(message);
            last = message.RequiredText("role") == "user" && toolResult is null ? text : last;
            words += Wire.CountWords(text) + Wire.CountWords(toolResult);
        }

        return new Prompt
        {
            Model = body.RequiredText("model"),
            Last = last,
            InputWords = words,
            ToolResult = toolResult,
        };
    }

    private static string? ToolResult(JsonElement message)
    {
        foreach (
            var block in message.TryGetProperty("content", out var content) && content.ValueKind == JsonValueKind.Array
                ? message.Objects("content")!
                : []
        )
        {
            if (block.Text("type") == "tool_result")
            {
                return block.TryGetProperty("content", out var result) ? Wire.TextOf(result) : "";
            }
        }

        return null;
    }

    private static JsonElement? Schema(JsonElement body) =>
        (body.Object("output_config")?.Object("format") ?? body.Object("output_format"))?.Object("schema");

    private static IEnumerable<(string, JsonElement?)> Tools(JsonElement body)
    {
        foreach (var tool in body.Objects("tools") ?? [])
        {
            if (tool.Object("input_schema") is { } schema)
            {
                yield return (tool.RequiredText("name"), schema);
            }
        }
    }
}
