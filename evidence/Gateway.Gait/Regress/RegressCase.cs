using System.Text.Json.Nodes;
using Gateway.Gait.Artifacts;

namespace Gateway.Gait.Regress;

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
}
