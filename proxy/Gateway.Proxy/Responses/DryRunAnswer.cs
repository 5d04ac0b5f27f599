using System.Text.Json;
using Gateway.Policy.Model;

namespace Gateway.Proxy.Responses;

/// <summary>
/// Answers as if, where nothing was sent: in the shape that the caller expects, empty of content, and saying so.
/// </summary>
public static class DryRunAnswer
{
    public static async Task WriteAsync(HttpContext http, Intent intent, ResponseMetadata marks)
    {
        var (door, operation) = (intent.Door, intent.Operation.ToString());
        using var body = new MemoryStream();
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            if (door != Door.Tool)
            {
                Shape(json, door, operation, intent.Model ?? "", marks.DecisionId ?? "");
            }

            json.WriteStartObject("gateway");
            json.WriteBoolean("dry_run", true);
            json.WriteString("connector", intent.Connector.ToString());
            json.WriteString("operation", intent.Operation.ToString());
            json.WriteString("method", intent.Target.Method);
            json.WriteString("path", intent.Target.PathAndQuery);
            json.WriteString("content_sha256", intent.Target.Content.ToString());
            json.WriteEndObject();
            json.WriteEndObject();
        }

        http.Response.StatusCode = StatusCodes.Status200OK;
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = body.Length;
        marks.WriteTo(http.Response.Headers);
        await http.Response.Body.WriteAsync(body.GetBuffer().AsMemory(0, (int)body.Length), http.RequestAborted);
    }

    private static void Shape(Utf8JsonWriter json, Door door, string operation, string model, string id)
    {
        json.WriteString("id", $"dry-run-{id}");
        json.WriteString("model", model);
        if (door == Door.Anthropic)
        {
            json.WriteString("type", "message");
            json.WriteString("role", "assistant");
            json.WriteStartArray("content");
            json.WriteEndArray();
            json.WriteString("stop_reason", "end_turn");
            json.WriteNull("stop_sequence");
            Usage(json, "input_tokens", "output_tokens");
            return;
        }

        json.WriteString("object", operation == "chat" ? "chat.completion" : "text_completion");
        json.WriteNumber("created", 0);
        json.WriteStartArray("choices");
        json.WriteStartObject();
        json.WriteNumber("index", 0);
        if (operation == "chat")
        {
            json.WriteStartObject("message");
            json.WriteString("role", "assistant");
            json.WriteString("content", "");
            json.WriteEndObject();
        }
        else
        {
            json.WriteString("text", "");
        }

        json.WriteString("finish_reason", "stop");
        json.WriteEndObject();
        json.WriteEndArray();
        Usage(json, "prompt_tokens", "completion_tokens");
    }

    private static void Usage(Utf8JsonWriter json, string input, string output)
    {
        json.WriteStartObject("usage");
        json.WriteNumber(input, 0);
        json.WriteNumber(output, 0);
        json.WriteEndObject();
    }
}
