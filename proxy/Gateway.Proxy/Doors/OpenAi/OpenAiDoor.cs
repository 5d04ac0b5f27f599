using System.Text.Json;
using Gateway.Connectors.Models;
using Gateway.Policy.Model;
using Gateway.Proxy.Doors.Models;
using Gateway.Proxy.FrontDoor;
using Gateway.Proxy.Intents;

namespace Gateway.Proxy.Doors.OpenAi;

/// <summary>OpenAI's dialect: its paths under <c>/v1</c>, its errors, its list of models.</summary>
internal sealed class OpenAiDoor : IDoor
{
    private readonly Dictionary<string, ModelCall> _calls;
    private readonly IntentsOptions _options;
    private readonly OwnedIds _ids;
    private readonly OwnedObjects _objects;

    public OpenAiDoor(IntentsOptions options, OwnedIds ids, OwnedObjects objects)
    {
        (_options, _ids, _objects) = (options, ids, objects);
        _calls = ModelCall.ByPath(this, ConnectorType.OpenAi, options, ids);
    }

    public Door Name => Door.OpenAi;

    public string RefusalType => "application/json";

    public ReadOnlySpan<byte> ErrorEventStart => "data: "u8;

    public DoorCall? Find(HttpRequest request, string path) =>
        HttpMethods.IsPost(request.Method) && _calls.TryGetValue(path, out var call) ? call
        : FindKept(request.Method, path) is { } kept ? kept
        : !HttpMethods.IsGet(request.Method) ? null
        : path == ModelListCall.Path ? new ModelListCall(this, ConnectorType.OpenAi, WriteModels)
        : ModelCardCall.NameIn(path) is { } name ? new ModelCardCall(this, ConnectorType.OpenAi, name, WriteModel)
        : null;

    public DoorCall? FindLost(HttpRequest request, string path) => LostPath.Find(this, request, path, _calls.Keys);

    public void WriteRefusal(Utf8JsonWriter json, in RefusalText refusal)
    {
        json.WriteStartObject("error");
        json.WriteString("message", refusal.Message);
        json.WriteString("type", ErrorType(refusal.Status));
        json.WriteNull("param");
        json.WriteString("code", refusal.Code);
        json.WriteEndObject();
        json.WriteStartObject("gateway");
        refusal.WriteDetail(json);
        json.WriteEndObject();
    }

    public bool CanAnswerAsIf(Intent intent, bool stream) => intent.Operation.ToString() is "chat" or "completions" && !stream;

    public void WriteDryRun(Utf8JsonWriter json, Intent intent, string id)
    {
        var isChat = intent.Operation.ToString() == "chat";
        json.WriteString("id", id);
        json.WriteString("model", intent.Model ?? "");
        json.WriteString("object", isChat ? "chat.completion" : "text_completion");
        json.WriteNumber("created", 0);
        json.WriteStartArray("choices");
        json.WriteStartObject();
        json.WriteNumber("index", 0);
        if (isChat)
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
        json.WriteStartObject("usage");
        json.WriteNumber("prompt_tokens", 0);
        json.WriteNumber("completion_tokens", 0);
        json.WriteEndObject();
    }

    private KeptObjectCall? FindKept(string method, string path) =>
        KeptObjectOperations.Find(ConnectorType.OpenAi, method, path) is var (operation, id)
            ? new KeptObjectCall(this, operation, id, _options, _ids, _objects)
            : null;

    private static void WriteModels(Utf8JsonWriter json, IReadOnlyList<string> models)
    {
        json.WriteString("object", "list");
        json.WriteStartArray("data");
        foreach (var model in models)
        {
            json.WriteStartObject();
            WriteModel(json, model);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteModel(Utf8JsonWriter json, string model)
    {
        json.WriteString("id", model);
        json.WriteString("object", "model");
        json.WriteNumber("created", 0);
        json.WriteString("owned_by", "gateway");
    }

    private static string ErrorType(int status) =>
        status switch
        {
            401 => "authentication_error",
            403 => "permission_error",
            429 => "rate_limit_error",
            >= 500 => "server_error",
            _ => "invalid_request_error",
        };
}
