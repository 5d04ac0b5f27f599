using System.Text.Json;
using Gateway.Samples.Provider.Answering;

namespace Gateway.Samples.Provider.OpenAi;

/// <summary>Reads the body of <c>POST /v1/responses</c>.</summary>
internal static class ResponsesReader
{
    public static Prompt Read(HttpContext http, JsonElement body)
    {
        var prompt = new Prompt
        {
            Model = body.RequiredText("model"),
            MaxTokens = body.Number("max_output_tokens"),
            Stream = body.Flag("stream"),
            Fitting = Schema(body) is { } schema ? ToolArguments.For(schema) : null,
            InputWords = Wire.CountWords(body.Text("instructions")),
        };
        prompt = body.TryGetProperty("input", out var input)
            ? input.ValueKind == JsonValueKind.Array
                ? ReadItems(prompt, body.Objects("input")!)
                : ReadText(prompt, Wire.TextOf(input))
            : throw new RequestBodyException("Missing required parameter: 'input'.");
        return prompt with { Tool = ToolChoice.Of(prompt.Last, Functions(body)) };
    }

    private static Prompt ReadText(Prompt prompt, string text) =>
        prompt with
        {
            Last = text,
            InputWords = prompt.InputWords + Wire.CountWords(text),
        };

    private static Prompt ReadItems(Prompt prompt, JsonElement[] items)
    {
        foreach (var item in items)
        {
            var output = item.Text("type") == "function_call_output" ? OutputOf(item) : null;
            var text = output ?? (item.TryGetProperty("content", out var content) ? Wire.TextOf(content) : "");
            prompt = prompt with
            {
                Last = item.Text("role") == "user" ? text : prompt.Last,
                ToolResult = output,
                InputWords = prompt.InputWords + Wire.CountWords(text),
            };
        }

        return prompt;
    }

    // A text, or parts like a message's.
    private static string OutputOf(JsonElement item) => item.TryGetProperty("output", out var output) ? Wire.TextOf(output) : "";

    private static JsonElement? Schema(JsonElement body) => body.Object("text")?.Object("format")?.Object("schema");

    private static IEnumerable<(string, JsonElement?)> Functions(JsonElement body)
    {
        foreach (var tool in body.Objects("tools") ?? [])
        {
            if (tool.Text("type") == "function")
            {
                yield return (tool.RequiredText("name"), tool.Object("parameters"));
            }
        }
    }
}
