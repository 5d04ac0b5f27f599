using Gateway.Connectors.Bodies;
using Gateway.Connectors.Vaults;
using Gateway.Evidence.Verification;
using Gateway.Proxy.Tests.Doors;
using Gateway.Proxy.Tests.Evidence;
using Gateway.Proxy.Tests.Running;
using Gateway.Proxy.Tests.StandIn;
using Gateway.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Proxy.Tests.Faults;

/// <summary>
/// The folder of kept bodies is gone, can't be written or is full: what should be kept and can't doesn't go on, and the rest does.
/// </summary>
public sealed class BodyFaultTests(KeptDoors doors) : IClassFixture<KeptDoors>
{
    [Fact]
    public async Task A_request_that_cannot_be_kept_is_refused_on_record_and_nothing_is_sent()
    {
        doors.Answer("before", "{}");
        doors.Answer("digest-goes-on", "{}");
        using var before = await doors.ToolAsync("full", "before", "{}"); // So that there is a folder.
        Assert.Equal(200, (int)before.StatusCode);
        string decision;
        using (doors.Broken())
        {
            // The upstream has no script for it: were it sent, there would be another answer.
            using var response = await doors.ToolAsync("full", "never-sent", "{}");
            Assert.Equal(
                (503, "evidence_unavailable"),
                ((int)response.StatusCode, Call.CodeOf(await response.Content.ReadAsStringAsync()))
            );
            decision = KeptDoors.DecisionOf(response);
            using var other = await doors.ToolAsync("digest", "digest-goes-on", "{}");
            Assert.Equal(200, (int)other.StatusCode);
        }

        var (request, answer, outcome) = await doors.RecordedAsync(decision);
        Assert.Equal("unwritable", request!.Value.GetProperty("problem").GetString());
        Assert.Null(answer);
        Assert.Equal(
            ("refused", "evidence_unavailable"),
            (outcome.GetProperty("status").GetString(), outcome.GetProperty("reason").GetString())
        );
        Assert.False(Recorded.Find(doors.Gateway.JournalPath, decision).Decision!.Value.TryGetProperty("token_id", out _));
        using var after = await doors.ToolAsync("full", "before", "{}");
        Assert.Equal(200, (int)after.StatusCode);
    }

    [Theory]
    [InlineData("whole")]
    [InlineData("stream")]
    [InlineData("tool")]
    public async Task An_answer_that_cannot_be_kept_is_not_completed_and_the_record_says_so(string kind)
    {
        var word = $"answer-lost-{kind}";
        var script = doors.Upstream.Expect(word);
        var answering = kind == "tool" ? doors.ToolAsync("full", word, "{}") : doors.ChatAsync("kept-1", word, kind == "stream");
        var connection = await script.ConnectionAsync();
        string told;
        using (doors.Broken())
        {
            await connection.EndAsync(
                kind == "stream"
                    ? "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\ndata: "
                        + "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"one\"}}]}\n\ndata: [DONE]\n\n"
                    : "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 14\r\nConnection: close\r\n\r\n{\"choices\":[]}"
            );
            told = await ToldAsync(answering).WaitAsync(Waiting.Deadline);
        }

        script.Over();
        Assert.Equal(kind == "whole" ? "502 outcome_unrecorded" : "cut", told); // What has begun can only be cut.
        var decision = Recorded
            .All(doors.Gateway.JournalPath)
            .Last(record => record.Type == "decision")
            .Body.GetProperty("decision_id")
            .GetString()!;
        var (request, answer, outcome) = await doors.RecordedAsync(decision);
        Assert.True(request!.Value.TryGetProperty("digest", out _));
        Assert.Equal("unwritable", answer!.Value.GetProperty("problem").GetString());
        Assert.Equal(("cut", "outcome_unrecorded"), (outcome.GetProperty("status").GetString(), outcome.GetProperty("reason").GetString()));
    }

    [Fact]
    public async Task A_start_that_could_keep_nothing_of_what_is_asked_for_fails_and_names_the_connector()
    {
        using var folder = new TemporaryDirectory();
        File.WriteAllText(folder.File("bodies"), "");

        var failure = await Assert.ThrowsAsync<IOException>(() =>
            RunningGateway.StartAsync(
                new Uri("http://127.0.0.1:9"),
                data: null,
                DoorDocuments.Model("keeping", "  bodies: {keep: full}"),
                $"--Gateway:Evidence:Bodies={folder.File("bodies")}"
            )
        );

        Assert.Contains("connector 'keeping' of tenant 'demo'", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_start_removes_the_days_that_are_over_and_no_other()
    {
        using var folder = new TemporaryDirectory();
        var over = Directory.CreateDirectory(folder.File("bodies/demo/2020-01-01")).FullName;
        var kept = Directory.CreateDirectory(folder.File("bodies/demo/2999-01-01")).FullName;
        File.WriteAllText(Path.Combine(over, "d-1.request"), "");

        await using var gateway = await RunningGateway.StartAsync(new Uri("http://127.0.0.1:9"), folder.Path, documents: "");

        await Eventually.IsTrueAsync(() => !Directory.Exists(over), "the day that is over is removed");
        Assert.True(Directory.Exists(kept));
    }

    [SmallDiskFact]
    public async Task A_full_disk_refuses_what_is_to_be_kept_and_leaves_no_part_of_it()
    {
        using var disk = new SmallDisk();
        await using var provider = await RunningStandIn.StartAsync();
        await using var gateway = await RunningGateway.StartAsync(
            provider.Address,
            data: null,
            $"{DoorDocuments.Model("keeping", "  bodies: {keep: full}")}\n---\n{DoorDocuments.Permission("assistant", "keeping")}",
            $"--Gateway:Evidence:Bodies={disk.Path}"
        );
        var bearer = await gateway.NewBearerAsync("assistant");
        async Task<(int Status, string Code)> AskAsync()
        {
            var request = gateway.Request(
                HttpMethod.Post,
                "/v1/chat/completions",
                $$"""{"model":"keeping-1","messages":[{"role":"user","content":"{{new string('x', 300_000)}}"}]}"""
            );
            request.Headers.Add("Authorization", $"Bearer {bearer}");
            return await Asking.SendAsync(gateway, request);
        }

        await Waiting.ForAsync("the disk is full", async () => (await AskAsync()).Status != 200);
        var sent = await provider.CountAsync();
        Assert.Equal((503, "evidence_unavailable"), await AskAsync());
        Assert.Equal(sent, await provider.CountAsync());
        var store = new BodyStore(disk.Path, gateway.Services.GetRequiredService<Envelope>());
        Assert.All(
            Directory.GetFiles(disk.Path, "*.request", SearchOption.AllDirectories),
            file => Assert.NotNull(store.Find(RunningGateway.Demo, Path.GetFileNameWithoutExtension(file), BodyDirection.Request))
        );
        Assert.True(JournalVerifier.Verify(gateway.JournalPath).IsGood);
    }

    private static async Task<string> ToldAsync(Task<HttpResponseMessage> answering)
    {
        try
        {
            using var response = await answering;
            var body = await response.Content.ReadAsStringAsync();
            return $"{(int)response.StatusCode} {Call.CodeOf(body)}";
        }
        catch (Exception e) when (e is IOException or HttpRequestException or InvalidOperationException)
        {
            return "cut"; // Before its head or after it. An answer whose buffering failed says the third.
        }
    }
}
