using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using Gateway.Connectors.Contracts;
using Gateway.Connectors.Json;
using Gateway.Policy.Model;

namespace Gateway.Connectors.Models;

/// <summary>
/// Reads the input of OpenAI's batches: on each line <c>{"custom_id": "…", "method": "POST", "url": "/v1/…", "body": {…}}</c>, all of one
/// operation and for one model, each body as it would be read by itself.
/// </summary>
internal sealed class BatchLinesReader : IIntentReader
{
    private static readonly string[] Batched = ["chat", "responses", "embeddings", "completions", "moderations"];

    private static readonly Dictionary<string, IIntentReader> Readers = ModelOperations
        .All.Where(operation => operation.Type == ConnectorType.OpenAi && Batched.Contains(operation.Operation.ToString()))
        .ToDictionary(operation => "/v1" + operation.Path, operation => operation.Requests, StringComparer.Ordinal);

    public bool TryRead(ReadOnlySpan<byte> body, out BodyReading reading, [NotNullWhen(false)] out Refusal? refusal)
    {
        reading = BodyReading.Empty;
        var draft = new BatchDraft();
        var endpoint = "";
        foreach (var place in body.Split((byte)'\n'))
        {
            var line = body[place].TrimEnd((byte)'\r');
            if (line.IsEmpty)
            {
                continue;
            }

            refusal = ReadLine(line, draft, ref endpoint);
            if (refusal is not null)
            {
                return false;
            }
        }

        return draft.TryEnd(endpoint, [], out reading, out refusal);
    }

    private static Refusal? ReadLine(ReadOnlySpan<byte> line, BatchDraft draft, ref string endpoint)
    {
        scoped StrictJsonReader json = default;
        var request = default(Request);
        try
        {
            json = new StrictJsonReader(line, stackalloc ulong[StrictJsonReader.ScratchLength]);
            if (!json.Read() || json.TokenType != JsonTokenType.StartObject || !request.TryRead(ref json))
            {
                return Malformed(draft, "must have a custom_id, method POST, a url and a body, and nothing else.");
            }

            json.Read(); // Throws where something follows.
        }
        catch (JsonException)
        {
            return BatchDraft.NotStrict($"Line {draft.Next} of the file");
        }
        finally
        {
            json.Dispose();
        }

        if (!Readers.TryGetValue(request.Url!, out var reader))
        {
            return Malformed(draft, $"url: must be one of {string.Join(", ", Readers.Keys)}.");
        }

        if (endpoint.Length > 0 && endpoint != request.Url)
        {
            return Malformed(draft, $"url: must be {endpoint}, as of the lines before it.");
        }

        endpoint = request.Url!;
        return draft.TryAdd(reader, line[request.Body], out var refusal) ? null : refusal;
    }

    private static Refusal Malformed(BatchDraft draft, string what) =>
        new(ReasonCode.MalformedRequest, $"Line {draft.Next} of the file: {what}");

    /// <summary>What one line says around its body.</summary>
    private struct Request
    {
        private bool _isNamed;
        private bool _isPosted;
        private bool _hasBody;

        public string? Url { get; private set; }

        public Range Body { get; private set; }

        public bool TryRead(ref StrictJsonReader json)
        {
            while (json.ReadName())
            {
                var name = Encoding.UTF8.GetString(json.Name);
                json.Read();
                if (!TryTake(ref json, name))
                {
                    return false;
                }
            }

            return _isNamed && _isPosted && _hasBody && Url is not null;
        }

        private bool TryTake(ref StrictJsonReader json, string name)
        {
            var isText = json.TokenType == JsonTokenType.String;
            switch (name)
            {
                case "custom_id" when isText:
                    return _isNamed = true;
                case "method" when isText:
                    return _isPosted = json.GetString() == "POST";
                case "url" when isText:
                    Url = json.GetString();
                    return true;
                case "body" when json.TokenType == JsonTokenType.StartObject:
                    var start = json.TokenStart;
                    json.SkipValue();
                    Body = start..json.TokenEnd;
                    return _hasBody = true;
                default:
                    return false;
            }
        }
    }
}
