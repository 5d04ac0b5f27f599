using System.Globalization;
using System.Text.Json;
using Gateway.Policy.Model;

namespace Gateway.Proxy.FrontDoor;

/// <summary>
/// What a refusal says, whatever the door's shape: what, why, what to do. Nothing internal, and nothing that differs between the reasons of
/// a failed authentication.
/// </summary>
/// <param name="decision">Null before there is one.</param>
public readonly struct RefusalText(Refusal refusal, Decision? decision, in RefusedAction action)
{
    private readonly RefusedAction _action = action;

    private readonly Reason _reason = Reasons.Of(refusal.Reason);

    public int Status => _reason.Status;

    public string Title => _reason.Message;

    /// <summary>All reasons of a failed authentication are one to the caller; the journal has which.</summary>
    public string Code => PublicCode(_reason);

    /// <summary>Complete in itself: it is all that most clients show.</summary>
    public string Message
    {
        get
        {
            var isUniform = Status == StatusCodes.Status401Unauthorized;
            var what = _action.Name is null || isUniform ? "" : $"{_action.Name}: ";
            var why = isUniform || refusal.Detail is null ? "" : $" {refusal.Detail}";
            var when =
                isUniform || refusal.RetrySeconds is not { } wait ? "" : $" Retry in {wait.ToString(CultureInfo.InvariantCulture)} s.";
            return $"{what}{_action.Words ?? Title}{why} {_reason.Remedy}{when} ({Code}, {_action.Id})";
        }
    }

    /// <summary>Writes what no dialect has a place for: the remedy, the decision, its reasons and what is missing.</summary>
    public void WriteDetail(Utf8JsonWriter json)
    {
        json.WriteString("code", Code);
        json.WriteString("remedy", _reason.Remedy);
        json.WriteString("decision", Vocabulary.Verdict.Text(decision?.Verdict ?? _action.Verdict));
        json.WriteString("id", _action.Id);
        if (_action.DecisionId is not null)
        {
            json.WriteString("decision_id", _action.DecisionId);
        }

        if (refusal.Approval is { } approval)
        {
            json.WriteStartObject("approval");
            json.WriteString("id", approval.Id);
            json.WriteString("status_url", approval.StatusUrl);
            json.WriteString("expires_at", approval.Expires.UtcDateTime);
            json.WriteEndObject();
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

/// <summary>What is known of the action that was refused.</summary>
/// <param name="Id">What to ask for: the decision's id, or one of <see cref="RefusalIds"/>.</param>
/// <param name="DecisionId">Null before there is a decision.</param>
/// <param name="Name">The connector and its operation; null before they are known.</param>
/// <param name="Words">Why, in the words of whoever wrote the rule or the gate; null for none.</param>
/// <param name="Verdict">What was decided of it: something that was let through can still end in a refusal.</param>
public readonly record struct RefusedAction(
    string Id,
    string? DecisionId = null,
    string? Name = null,
    string? Words = null,
    Verdict Verdict = Verdict.Block
);
