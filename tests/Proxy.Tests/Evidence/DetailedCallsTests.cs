using System.Text;
using System.Text.Json;
using Gateway.Connectors.Bodies;
using Gateway.Evidence.Verification;
using Gateway.Policy.Model;
using Gateway.Proxy.Tests.Doors;
using Gateway.Proxy.Tests.Faults;
using Gateway.Proxy.Tests.Running;

namespace Gateway.Proxy.Tests.Evidence;

/// <summary>What a call leaves that goes ahead only if it is recorded in detail, and that it doesn't go ahead without.</summary>
public sealed class DetailedCallsTests(KeptDoors doors) : IClassFixture<KeptDoors>
{
    private const string Mail = "canary.jane@example.com";
    private const string Secret = "sk-proj-canaryDEF0123456789";

    [Fact]
    public async Task Detail_HoldsAllThatIsNamed_AndNothingSecret()
    {
        doors.Answer("in-detail", $$"""{"said":"fine","mail":"{{Mail}}","key":"{{Secret}}"}""");

        using var response = await doors.WatchedAsync(
            "digest",
            "in-detail",
            Json($$"""{"note":"hello","mail":"{{Mail}}","key":"{{Secret}}"}""")
        );
        Assert.Contains(Mail, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal); // Only what is kept is redacted.
        var decision = KeptDoors.DecisionOf(response);
        var (request, answer, outcome) = await doors.RecordedAsync(decision);
        var record = Recorded.Find(doors.Gateway.JournalPath, decision).Decision!.Value;

        // Both bodies, redacted, under the digests in the journal.
        AssertKept(
            request!.Value,
            doors.Kept(decision, BodyDirection.Request)!,
            """{"note":"hello","mail":"[redacted:email]","key":"[redacted:secret]"}"""
        );
        AssertKept(
            answer!.Value,
            doors.Kept(decision, BodyDirection.Response)!,
            """{"said":"fine","mail":"[redacted:email]","key":"[redacted:secret]"}"""
        );

        // What each of the eleven controls read.
        var path = record.GetProperty("path").EnumerateArray().ToList();
        Assert.Equal(Enumerable.Range(1, 11), path.Select(entry => entry.GetProperty("control").GetInt32()));
        Assert.All(path, entry => Assert.Equal(JsonValueKind.String, entry.GetProperty("inputs").ValueKind));

        // The condition with the values of its parts; who stands behind it; where the time went.
        var detail = record.GetProperty("detail");
        var condition = Assert.Single(Items(detail, "conditions"), item => Text(item, "rule") == "watch");
        Assert.Equal(("screening", "true"), (Text(condition, "policy"), Text(condition, "value")));
        Assert.Contains(Items(condition, "parts"), part => (Text(part, "text"), Text(part, "value")) == ("agent.name", "\"watched\""));
        Assert.Contains(Items(condition, "parts"), part => Text(part, "value") == "\"hello\"");
        var chain = Items(detail, "chain").Select(item => item.GetString()!).ToList();
        Assert.Equal(["human_owner=Ada Sample", "security_owner=Ben Sample", "workspace=main", "agent=watched"], chain[..4]);
        Assert.Equal($"key={Text(record, "key_id")}", chain[4]);
        Assert.Equal("run-42", Text(detail, "session"));
        var total = detail.GetProperty("timings_us").GetProperty("total").GetInt64();
        Assert.InRange(detail.GetProperty("timings_us").GetProperty("policy").GetInt64(), 0, total);
        Assert.True(outcome.GetProperty("timings_us").GetProperty("total").GetInt64() >= total);
        Assert.Contains("log_detailed", Items(record, "obligations_met").Select(item => item.GetString()));

        foreach (var file in await WholeFolder.ReadAsync(doors.Gateway.DataPath))
        {
            Assert.All(
                new[] { Mail, Secret },
                canary => Assert.True(file.Bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(canary)) < 0, $"{file.Path} holds {canary}")
            );
        }

        Assert.True(JournalVerifier.Verify(doors.Gateway.JournalPath).IsGood);
        Assert.True(Rederived.All(doors.Gateway.JournalPath) > 0);
    }

    [Fact]
    public async Task Detail_IsNotThereForOtherCalls()
    {
        doors.Answer("not-in-detail", "{}");
        using var response = await doors.ToolAsync("digest", "not-in-detail", "{}");
        var decision = KeptDoors.DecisionOf(response);

        await doors.RecordedAsync(decision);
        Assert.False(Recorded.Find(doors.Gateway.JournalPath, decision).Decision!.Value.TryGetProperty("detail", out _));
        Assert.Null(doors.Kept(decision, BodyDirection.Request));
    }

    [Fact]
    public async Task Detail_ThatCannotBeWritten_RefusesOnRecordAndNothingIsSent()
    {
        string decision;
        using (doors.Broken())
        {
            // The upstream has no script for it: were it sent, there would be another answer.
            using var response = await doors.WatchedAsync("digest", "detail-lost", Json("{}"));
            var body = await response.Content.ReadAsStringAsync();
            Assert.Equal((503, "evidence_unavailable"), ((int)response.StatusCode, Call.CodeOf(body)));
            Assert.Contains("log_detailed", body, StringComparison.Ordinal);
            decision = KeptDoors.DecisionOf(response);
        }

        var (request, _, outcome) = await doors.RecordedAsync(decision);
        Assert.Equal("unwritable", Text(request!.Value, "problem"));
        Assert.Equal(("refused", "evidence_unavailable"), (Text(outcome, "status"), Text(outcome, "reason")));
        Assert.False(Recorded.Find(doors.Gateway.JournalPath, decision).Decision!.Value.TryGetProperty("token_id", out _));
    }

    [Fact]
    public async Task Body_ThatIsNoJson_IsRefusedUnlessItsConnectorKeepsItFull()
    {
        doors.Answer("plain-text", "{}");
        using var refused = await doors.WatchedAsync("plain", "plain-text", new StringContent(Mail, Encoding.UTF8, "text/plain"));
        using var kept = await doors.WatchedAsync("plain-full", "plain-text", new StringContent(Mail, Encoding.UTF8, "text/plain"));

        var body = await refused.Content.ReadAsStringAsync();
        Assert.Equal((403, "obligation_unmet"), ((int)refused.StatusCode, Call.CodeOf(body)));
        Assert.Contains("log_detailed", body, StringComparison.Ordinal);
        var (request, _, outcome) = await doors.RecordedAsync(KeptDoors.DecisionOf(refused));
        Assert.Equal(("unredactable", "refused"), (Text(request!.Value, "problem"), Text(outcome, "status")));
        Assert.Equal(200, (int)kept.StatusCode);
        Assert.Equal(Mail, doors.Kept(KeptDoors.DecisionOf(kept), BodyDirection.Request));
    }

    private static void AssertKept(JsonElement recorded, string kept, string expected)
    {
        Assert.Equal(expected, kept);
        Assert.Equal("redacted", Text(recorded, "form"));
        Assert.Equal(Sha256Digest.Compute(Encoding.UTF8.GetBytes(kept)).ToString(), Text(recorded, "digest"));
    }

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    private static IEnumerable<JsonElement> Items(JsonElement json, string name) => json.GetProperty(name).EnumerateArray();

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;
}
