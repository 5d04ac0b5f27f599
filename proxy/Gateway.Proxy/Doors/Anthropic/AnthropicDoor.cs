using System.Text.Json;
using Gateway.Connectors.Models;
using Gateway.Policy.Model;
using Gateway.Proxy.Doors.Models;
using Gateway.Proxy.FrontDoor;
using Gateway.Proxy.Intents;

namespace Gateway.Proxy.Doors.Anthropic;

/// <summary>Anthropic's dialect: its paths under <c>/v1</c>, its errors, its list of models.</summary>
internal sealed class AnthropicDoor : IDoor
{
    private readonly Dictionary<string, ModelCall> _calls;
    private readonly IntentsOptions _options;
    private readonly OwnedIds _ids;
    private readonly OwnedObjects _objects;

    public AnthropicDoor(IntentsOptions options, OwnedIds ids, OwnedObjects objects)
    {
        (_options, _ids, _objects) = (options, ids, objects);
        _calls = ModelCall.ByPath(this, ConnectorType.Anthropic, options, ids);
    }

    public Door Name => Door.Anthropic;

    public string RefusalType => "application/json";

    public ReadOnlySpan<byte> ErrorEventStart => "event: error\ndata: "u8;

    /// <summary>The list of models is OpenAI's too; only Anthropic's clients say which version they speak.</summary>
    public DoorCall? Find(HttpRequest request, string path) =>
        HttpMethods.IsPost(request.Method) && _calls.TryGetValue(path, out var call) ? call
        : path.StartsWith("/v1/messages/batches", StringComparison.Ordinal)
        && KeptObjectOperations.Find(ConnectorType.Anthropic, request.Method, path) is var (operation, id)
            ? new KeptObjectCall(this, operation, id, _options, _ids, _objects)
        : !HttpMethods.IsGet(request.Method) || !IsSpoken(request) ? null
        : path == ModelListCall.Path ? new ModelListCall(this, ConnectorType.Anthropic, WriteModels)
        : ModelCardCall.NameIn(path) is { } name ? new ModelCardCall(this, ConnectorType.Anthropic, name, WriteModel)
        : null;

    public DoorCall? FindLost(HttpRequest request, string path) =>
        IsSpoken(request) ? LostPath.Find(this, request, path, _calls.Keys) : null;

    public void WriteRefusal(Utf8JsonWriter json, in RefusalText refusal)
    {
        json.WriteString("type", "error");
        json.WriteStartObject("error");
        json.WriteString("type", ErrorType(refusal.Status));
        json.WriteString("message", refusal.Message);
        json.WriteEndObject();
        json.WriteStartObject("gateway");
        refusal.WriteDetail(json);
        json.WriteEndObject();
    }

    public bool CanAnswerAsIf(Intent intent, bool stream) => intent.Operation.ToString() == "messages" && !stream;

    public void WriteDryRun(Utf8JsonWriter json, Intent intent, string id)
    {
        json.WriteString("id", id);
        json.WriteString("model", intent.Model ?? "");
        json.WriteString("type", "message");
        json.WriteString("role", "assistant");
        json.WriteStartArray("content");
        json.WriteEndArray();
        json.WriteString("stop_reason", "end_turn");
        json.WriteNull("stop_sequence");
        json.WriteStartObject("usage");
        json.WriteNumber("input_tokens", 0);
        json.WriteNumber("output_tokens", 0);
        json.WriteEndObject();
    }

    private static bool IsSpoken(HttpRequest request) => request.Headers.ContainsKey("anthropic-version");

    private static void WriteModels(Utf8JsonWriter json, IReadOnlyList<string> models)
    {
        json.WriteStartArray("data");
        foreach (var model in models)
        {
            json.WriteStartObject();
            WriteModel(json, model);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteBoolean("has_more", false);
        json.WriteString("first_id", models.Count > 0 ? models[0] : null);
        json.WriteString("last_id", models.Count > 0 ? models[^1] : null);
    }

    private static void WriteModel(Utf8JsonWriter json, string model)
    {
        json.WriteString("id", model);
        json.WriteString("type", "model");
        json.WriteString("display_name", model);
        json.WriteString("created_at", "1970-01-01T00:00:00Z");
    }

    private static string ErrorType(int status) =>
        status switch
        {
            401 => "authentication_error",
            403 => "permission_error",
            404 => "not_found_error",
            413 => "request_too_large",
            429 => "rate_limit_error",
            503 => "overloaded_error",
            >= 500 => "api_error",
            _ => "invalid_request_error",
        };
}
