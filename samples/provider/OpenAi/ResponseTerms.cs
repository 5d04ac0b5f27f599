using System.Text.Json;
using Gateway.Samples.Provider.Answering;

namespace Gateway.Samples.Provider.OpenAi;

/// <summary>How a request of the Responses API wants its answer reasoned about and kept.</summary>
internal sealed record ResponseTerms
{
    /// <summary>Kept for later unless the request says otherwise.</summary>
    public bool Store { get; init; }

    public bool Background { get; init; }

    /// <summary>Whether a reasoning item comes before the answer.</summary>
    public bool Reasons { get; init; }

    /// <summary>Whether that item carries itself, for who keeps nothing at the provider.</summary>
    public bool Encrypts { get; init; }

    public string? Previous { get; init; }

    public string? Conversation { get; init; }

    /// <summary>JSON, as received.</summary>
    public string Metadata { get; init; } = "{}";

    /// <summary>JSON, as received.</summary>
    public string Reasoning { get; init; } = """{"effort":null,"summary":null}""";

    public static ResponseTerms Read(JsonElement body, string model)
    {
        var reasoning = body.Object("reasoning");
        return new()
        {
            Store = !body.TryGetProperty("store", out var store) || store.ValueKind != JsonValueKind.False,
            Background = body.Flag("background"),
            Reasons = reasoning is not null || model.StartsWith("gpt-5", StringComparison.Ordinal),
            Encrypts = body.List("include")?.EnumerateArray().Any(item => item.ValueEquals("reasoning.encrypted_content")) ?? false,
            Previous = body.Text("previous_response_id"),
            Conversation = ConversationOf(body),
            Metadata = body.Object("metadata")?.GetRawText() ?? "{}",
            Reasoning = reasoning?.GetRawText() ?? """{"effort":null,"summary":null}""",
        };
    }

    private static string? ConversationOf(JsonElement body) =>
        body.TryGetProperty("conversation", out var found) && found.ValueKind == JsonValueKind.Object
            ? found.RequiredText("id")
            : body.Text("conversation");
}
