using System.Text;
using System.Text.Json;
using Gateway.Connectors.Contracts;
using Gateway.Connectors.Http;
using Gateway.Connectors.Models;
using Gateway.Policy.Model;

namespace Gateway.Fuzz.Tests.Targets;

/// <summary>
/// What is accepted as a batch has, for System.Text.Json too, nothing but requests of one operation for one model, without streams. The
/// first byte says whether it is Anthropic's, or the lines of a file for OpenAI.
/// </summary>
internal static class BatchTarget
{
    private const string Boundary = "boundary-of-the-form";

    private static readonly IIntentReader Messages = KeptObjectOperations
        .All.Single(operation => operation is { Type: ConnectorType.Anthropic, Makes: true })
        .Requests!;

    private static readonly JsonDocumentOptions Once = new() { AllowDuplicateProperties = false };

    public static void Check(byte[] input)
    {
        if (input.Length == 0)
        {
            return;
        }

        var body = input[1..];
        if (input[0] % 2 == 0)
        {
            CheckLines(body);
        }
        else
        {
            CheckMessages(body);
        }
    }

    private static void CheckLines(byte[] lines)
    {
        if (
            lines.AsSpan().IndexOf(Encoding.ASCII.GetBytes(Boundary)) >= 0
            || !new UploadReader(Boundary).TryRead(Form(lines), out var read, out _)
        )
        {
            return;
        }

        var requests = 0;
        foreach (var line in Encoding.UTF8.GetString(lines).Split('\n').Where(line => line.Trim('\r').Length > 0))
        {
            using var document = JsonDocument.Parse(line, Once);
            Promise.Same("POST", document.RootElement.GetProperty("method").GetString(), "It is posted.");
            Promise.Same(read.Batch!.Endpoint, document.RootElement.GetProperty("url").GetString(), "All are of one operation.");
            CheckRequest(document.RootElement.GetProperty("body"), read);
            requests++;
        }

        Promise.That(requests > 0 && read.Choices >= requests, "An answer at least is reserved for each.");
    }

    private static void CheckMessages(byte[] body)
    {
        if (!Messages.TryRead(body, out var read, out _))
        {
            return;
        }

        using var document = JsonDocument.Parse(body, Once);
        var requests = document.RootElement.GetProperty("requests").EnumerateArray().ToList();
        foreach (var request in requests)
        {
            CheckRequest(request.GetProperty("params"), read);
        }

        Promise.That(requests.Count > 0 && read.Choices >= requests.Count, "An answer at least is reserved for each.");
    }

    private static void CheckRequest(JsonElement request, BodyReading read)
    {
        var hasModel = request.TryGetProperty("model", out var model) && model.ValueKind == JsonValueKind.String;
        var usual = read.Batch!.Endpoint == "/v1/moderations" ? "omni-moderation-latest" : null;
        Promise.Same(hasModel ? model.GetString() : usual, read.Model, "The model is the one that the provider reads.");
        Promise.That(!request.TryGetProperty("stream", out var stream) || stream.ValueKind != JsonValueKind.True, "It has no stream.");
        if (request.TryGetProperty("max_tokens", out var most) && most.TryGetInt64(out var tokens))
        {
            Promise.That(read.MaxTokens is null || read.MaxTokens >= tokens, "What each may use is reserved.");
        }
    }

    private static byte[] Form(byte[] lines) =>
        [
            .. Encoding.ASCII.GetBytes(
                $"--{Boundary}\r\nContent-Disposition: form-data; name=\"purpose\"\r\n\r\nbatch\r\n--{Boundary}\r\n"
                    + "Content-Disposition: form-data; name=\"file\"; filename=\"a.jsonl\"\r\n\r\n"
            ),
            .. lines,
            .. Encoding.ASCII.GetBytes($"\r\n--{Boundary}--\r\n"),
        ];
}
