using System.Text.Json.Nodes;
using Gateway.Gait.Artifacts;

namespace Gateway.Gait.Regress.Fixtures;

/// <summary>One request and what the policy said of it when the fixture was made.</summary>
/// <param name="File">Of the request, inside the fixture's folder.</param>
/// <param name="IntentDigest">Of the request as it was judged; empty where it couldn't be read.</param>
public sealed record RegressCase(string File, string IntentDigest, string ExpectedVerdict, IReadOnlyList<string> ExpectedReasons)
{
    public JsonObject ToJson() =>
        new()
        {
            ["intent"] = File,
            ["intent_digest"] = IntentDigest,
            ["expected_verdict"] = ExpectedVerdict,
            ["expected_reason_codes"] = ExpectedReasons.ToJson(),
        };

    public static RegressCase From(JsonObject json) =>
        new(json.Text("intent"), json.Text("intent_digest"), json.Text("expected_verdict"), json.Texts("expected_reason_codes"));

    /// <summary>Where the policy now says something else, with the code of it; null where it says the same.</summary>
    internal (string Code, string Detail)? Difference(RegressCase actual) =>
        actual.ExpectedVerdict != ExpectedVerdict
            ? ("unexpected_policy_verdict", $"'{File}': the policy says {actual.ExpectedVerdict}, not {ExpectedVerdict}.")
        : !actual.ExpectedReasons.SequenceEqual(ExpectedReasons)
            ? (
                "unexpected_policy_reasons",
                $"'{File}': the reasons are {string.Join(',', actual.ExpectedReasons)}, not {string.Join(',', ExpectedReasons)}."
            )
        : null;
}
