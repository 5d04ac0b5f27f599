using Gateway.Evidence.Verification;
using Gateway.Proxy.Tests.Running;
using Gateway.Proxy.Tests.StandIn;
using Gateway.Testing;

namespace Gateway.Proxy.Tests.Faults;

/// <summary>
/// The journal's disk is gone or full: what can't be recorded doesn't happen, and what was done without a record is never told whole.
/// </summary>
public sealed class JournalFaultTests
{
    [Fact]
    public async Task A_journal_that_is_gone_refuses_everything_and_recovers_without_a_request()
    {
        await using var provider = await RunningStandIn.StartAsync();
        await using var gateway = await RunningGateway.StartAsync(provider.Address);
        var bearer = await gateway.NewBearerAsync("assistant");
        Assert.Equal(200, (await gateway.ChatAsync(bearer)).Status);

        Directory.Move(gateway.JournalPath, gateway.JournalPath + ".away");
        await Waiting.ForAsync("its loss is seen", async () => await gateway.ChatAsync(bearer) == (503, "evidence_unavailable"));
        var sent = await provider.CountAsync();
        Assert.Equal((503, "evidence_unavailable"), await gateway.ChatAsync(bearer));
        Assert.False((await gateway.ReadinessAsync()).Checks.GetProperty("journal").GetBoolean());
        Assert.Equal(sent, await provider.CountAsync());

        Directory.Move(gateway.JournalPath + ".away", gateway.JournalPath);
        await Waiting.ForAsync("ready again, though nobody asks for anything", async () => (await gateway.ReadinessAsync()).Status == 200);
        Assert.Equal(200, (await gateway.ChatAsync(bearer)).Status);
        Assert.True(JournalVerifier.Verify(gateway.JournalPath).IsGood);
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("stream")]
    [InlineData("tool")]
    public async Task An_outcome_that_cannot_be_recorded_cuts_the_answer(string kind)
    {
        await using var provider = await RunningStandIn.StartAsync();
        await using var gateway = await RunningGateway.StartAsync(provider.Address);
        var bearer = await gateway.NewBearerAsync("assistant");
        var signer = await gateway.NewSignerAsync("assistant");
        Assert.Equal(200, (await gateway.SignedAsync(signer)).Status);
        var before = await provider.CountAsync();

        var answering =
            kind == "tool"
                ? gateway.SendSignedAsync(signer, () => gateway.Request(HttpMethod.Get, "/tools/crm/contacts/c-1?standin=!slow-1500"))
                : gateway.Client.SendAsync(gateway.ChatRequest(bearer, "!slow 1500", kind == "stream"), CancellationToken.None);
        await Waiting.ForAsync("it was sent", async () => await provider.CountAsync() > before);
        Directory.Move(gateway.JournalPath, gateway.JournalPath + ".away");

        var whole = await WholeAsync(answering);
        Directory.Move(gateway.JournalPath + ".away", gateway.JournalPath);
        Assert.Contains(whole, (string[])["cut", "502 outcome_unrecorded"]);
    }

    [SmallDiskFact]
    public async Task A_full_disk_refuses_everything_and_recovers_with_space()
    {
        using var disk = new SmallDisk();
        var ballast = Path.Combine(disk.Path, "ballast");
        await using var provider = await RunningStandIn.StartAsync();
        await using (var gateway = await RunningGateway.StartAsync(provider.Address, settings: [$"--Gateway:Journal:Root={disk.Path}"]))
        {
            var bearer = await gateway.NewBearerAsync("assistant");
            Assert.Equal(200, (await gateway.ChatAsync(bearer)).Status);
            Fill(ballast);

            await Waiting.ForAsync("the last page is full", async () => (await gateway.ChatAsync(bearer)).Status != 200);
            var sent = await provider.CountAsync();
            Assert.Equal((503, "evidence_unavailable"), await gateway.ChatAsync(bearer));
            Assert.Equal(sent, await provider.CountAsync());

            File.Delete(ballast);
            await Waiting.ForAsync("ready again", async () => (await gateway.ReadinessAsync()).Status == 200);
            Assert.Equal(200, (await gateway.ChatAsync(bearer)).Status);
            var result = JournalVerifier.Verify(disk.Path);
            Assert.True(result.IsGood, result.Problem?.ToString());
        }
    }

    [SmallDiskFact]
    public async Task A_start_on_a_full_disk_waits_says_why_and_goes_on_with_space()
    {
        using var disk = new SmallDisk();
        var ballast = Path.Combine(disk.Path, "ballast");
        await using var provider = await RunningStandIn.StartAsync();
        await using var gateway = new GatewayProcess(provider.Address) { Journal = disk.Path };
        await gateway.PrepareAsync();
        Fill(ballast);

        var starting = gateway.StartAsync();
        await Waiting.ForAsync("it says that it isn't ready", async () => await gateway.StatusAsync("/readyz") == 503);
        Assert.Equal(200, await gateway.StatusAsync("/livez"));
        Assert.Equal(503, await gateway.StatusAsync("/v1/models"));
        var why = await gateway.TextAsync("/readyz");
        Assert.Contains("No room is left", why, StringComparison.Ordinal);
        Assert.DoesNotContain(disk.Path, why, StringComparison.Ordinal);
        Assert.Contains("waits until there is room", gateway.Said, StringComparison.Ordinal);
        File.Delete(ballast);
        await starting;
        gateway.Terminate();
        Assert.Equal(0, await gateway.EndedAsync());
        Assert.True(JournalVerifier.Verify(disk.Path).IsGood);

        // The next time on records that are there already.
        Fill(ballast);
        starting = gateway.StartAsync();
        await Waiting.ForAsync("it waits again", async () => await gateway.StatusAsync("/readyz") == 503);
        File.Delete(ballast);
        await starting;
    }

    private static async Task<string> WholeAsync(Task<HttpResponseMessage> answering)
    {
        try
        {
            using var response = await answering.WaitAsync(Waiting.Deadline);
            var body = await response.Content.ReadAsStringAsync().WaitAsync(Waiting.Deadline);
            return response.IsSuccessStatusCode ? "whole: " + body : $"{(int)response.StatusCode} {Call.CodeOf(body)}";
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            return "cut";
        }
    }

    private static void Fill(string file)
    {
        using var stream = new FileStream(file, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        try
        {
            while (true)
            {
                stream.Write(new byte[4096]);
            }
        }
        catch (IOException)
        {
            // Full.
        }
    }
}
