using System.Text.Json;
using Gateway.Policy.Model;

namespace Gateway.Proxy.Responses;

/// <summary>
/// The one map from a reason to each door's error shape, so that official clients raise their own error with our reason. Says what
/// and what to do; nothing internal, and nothing that differs between the reasons of a failed authentication.
/// </summary>
internal static class RefusalBody
{
    private static readonly JsonWriterOptions Options = new()
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <param name="decision">Null before there is one.</param>
    public static void Write(Stream to, Door door, Refusal refusal, Decision? decision, string? decisionId)
    {
        using var json = new Utf8JsonWriter(to, Options);
        var reason = Reasons.Of(refusal.Reason);
        json.WriteStartObject();
        switch (door)
        {
            case Door.OpenAi:
                json.WriteStartObject("error");
                json.WriteString("message", Message(reason, refusal));
                json.WriteString("type", OpenAiType(reason.Status));
                json.WriteNull("param");
                json.WriteString("code", PublicCode(reason));
                json.WriteEndObject();
                json.WriteStartObject("gateway");
                Detail(json, reason, decision, decisionId);
                json.WriteEndObject();
                break;
            case Door.Anthropic:
                json.WriteString("type", "error");
                json.WriteStartObject("error");
                json.WriteString("type", AnthropicType(reason.Status));
                json.WriteString("message", Message(reason, refusal));
                json.WriteEndObject();
                json.WriteStartObject("gateway");
                Detail(json, reason, decision, decisionId);
                json.WriteEndObject();
                break;
            case Door.Tool or Door.None:
                json.WriteString("type", "about:blank");
                json.WriteString("title", reason.Message);
                json.WriteNumber("status", reason.Status);
                json.WriteString("detail", Message(reason, refusal));
                Detail(json, reason, decision, decisionId);
                break;
        }

        json.WriteEndObject();
    }

    /// <summary>All reasons of a failed authentication are one to the caller; the journal has which.</summary>
    public static string PublicCode(Reason reason) => reason.Status == 401 ? "unauthenticated" : reason.Code;

    private static string Message(Reason reason, Refusal refusal) =>
        reason.Status == 401 || refusal.Detail is null
            ? $"{reason.Message} ({PublicCode(reason)})"
            : $"{reason.Message} {refusal.Detail} ({reason.Code})";

    private static void Detail(Utf8JsonWriter json, Reason reason, Decision? decision, string? decisionId)
    {
        json.WriteString("code", PublicCode(reason));
        json.WriteString("remedy", reason.Remedy);
        json.WriteString("decision", Vocabulary.Verdict.Text(decision?.Verdict ?? Verdict.Block));
        if (decisionId is not null)
        {
            json.WriteString("decision_id", decisionId);
        }

        if (decision is null)
        {
            return;
        }

        json.WriteStartArray("reasons");
        foreach (var code in decision.Reasons)
        {
            json.WriteStringValue(Reasons.Of(code).Code);
        }

        json.WriteEndArray();
        json.WriteStartArray("missing_evidence");
        foreach (var entry in decision.Path)
        {
            if (entry.Outcome == CheckOutcome.Fail)
            {
                json.WriteStartObject();
                json.WriteNumber("control", (int)entry.Control);
                json.WriteString("code", Reasons.Of(entry.Reason).Code);
                json.WriteString("remedy", Reasons.Of(entry.Reason).Remedy);
                json.WriteEndObject();
            }
        }

        json.WriteEndArray();
    }

    private static string OpenAiType(int status) =>
        status switch
        {
            401 => "authentication_error",
            403 => "permission_error",
            429 => "rate_limit_error",
            >= 500 => "server_error",
            _ => "invalid_request_error",
        };

    private static string AnthropicType(int status) =>
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
