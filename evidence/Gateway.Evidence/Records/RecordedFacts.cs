using System.Text.Json;
using Gateway.Policy.Model;

namespace Gateway.Evidence.Records;

/// <summary>Reads the facts that a recorded decision was judged with.</summary>
internal static class RecordedFacts
{
    public static Facts Read(JsonElement facts) =>
        new(
            facts.Find("status") is null ? null : facts.Word("status", RecordWords.Statuses),
            facts.FindText("now") is not { } now ? default
                : RecordTime.TryParse(now, out var time) ? time
                : throw new FormatException("'now' is no time."),
            facts.Find("level") is null ? null : facts.Word("level", RecordWords.Levels),
            facts.Find("approval") is { } approval
                ? new ApprovalFact(
                    approval.Text("id"),
                    TermSet<string>.Of(approval.Get("people").EnumerateArray().Select(person => person.GetString() ?? "")),
                    approval.Find("break_glass") is { ValueKind: JsonValueKind.True }
                )
                : null
        );
}
