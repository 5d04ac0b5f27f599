using System.Text.Json;
using Gateway.Policy.Model;

namespace Gateway.Proxy.FrontDoor;

/// <summary>
/// What a refusal says, whatever the door's shape: what, why, what to do. Nothing internal, and nothing that differs between the reasons of
/// a failed authentication.
/// </summary>
/// <param name="decision">Null before there is one.</param>
public readonly struct RefusalText(Refusal refusal, Decision? decision, string? decisionId)
{
    private readonly Reason _reason = Reasons.Of(refusal.Reason);

    public int Status => _reason.Status;

    public string Title => _reason.Message;

    /// <summary>All reasons of a failed authentication are one to the caller; the journal has which.</summary>
    public string Code => PublicCode(_reason);

    /// <summary>Complete in itself: it is all that most clients show.</summary>
    public string Message =>
        Status == StatusCodes.Status401Unauthorized || refusal.Detail is null
            ? $"{Title} ({Code})"
            : $"{Title} {refusal.Detail} ({_reason.Code})";

    /// <summary>Writes what no dialect has a place for: the remedy, the decision, its reasons and what is missing.</summary>
    public void WriteDetail(Utf8JsonWriter json)
    {
        json.WriteString("code", Code);
        json.WriteString("remedy", _reason.Remedy);
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

    private static string PublicCode(Reason reason) => reason.Status == StatusCodes.Status401Unauthorized ? "unauthenticated" : reason.Code;
}
