using System.Buffers.Text;
using System.Net;
using System.Text;
using Gateway.Connectors.Vaults;
using Gateway.Evidence.Log;
using Gateway.Evidence.Receipts;
using Gateway.Policy.Model;
using Gateway.Proxy.Configuration;
using Gateway.Proxy.Evidence;
using Gateway.Proxy.Peers;
using Gateway.Proxy.Tests.Faults;
using Gateway.Proxy.Tests.Running;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Gateway.Proxy.Tests.Peers;

/// <summary>What rests on the other replica's volume is found there, is never taken for unknown, and never told to anybody else.</summary>
public sealed class ReplicasWithOwnVolumesTests(OwnVolumes volumes) : IClassFixture<OwnVolumes>
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task Either_replica_gives_the_others_receipts_and_one_that_is_away_is_said_to_be()
    {
        var (first, second) = (OwnVolumes.NewAddress(), OwnVolumes.NewAddress());
        await using var one = await volumes.StartAsync(volumes.NewVolume(), first);
        var other = await volumes.StartAsync(volumes.NewVolume(), second);
        var (bearer, stranger) = (await one.NewBearerAsync("assistant"), await one.NewBearerAsync("payer"));
        var auditor = await one.NewBearerAsync("auditor");
        var (ofOne, ofOther) = (await OwnVolumes.CallAsync(one, bearer), await OwnVolumes.CallAsync(other, bearer));

        foreach (var (asked, receipt) in ((RunningGateway, string)[])[(one, ofOther), (other, ofOne), (one, ofOne), (other, ofOther)])
        {
            var (status, content) = await OwnVolumes.AskAsync(asked, bearer, receipt);
            Assert.Equal(HttpStatusCode.OK, status);
            OwnVolumes.Verify(asked, receipt, content);
            Assert.Equal(HttpStatusCode.NotFound, (await OwnVolumes.AskAsync(asked, stranger, receipt)).Status);
            Assert.Equal(HttpStatusCode.OK, (await OwnVolumes.AskAsync(asked, auditor, receipt)).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await OwnVolumes.AskAsync(asked, bearer, $"{receipt[..32]}.999999")).Status);
        }

        await other.DisposeAsync();
        var (away, why) = await OwnVolumes.AskAsync(one, bearer, ofOther);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, away);
        Assert.Contains("dependency_unavailable", Encoding.UTF8.GetString(why), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await OwnVolumes.AskAsync(one, bearer, new string('0', 32) + ".0")).Status);
        Assert.Equal(HttpStatusCode.OK, (await OwnVolumes.AskAsync(one, bearer, ofOne)).Status);
    }

    [Fact]
    public async Task Peers_door_answers_nothing_but_new_questions_of_peers_and_gives_no_more_than_its_own_documents_let()
    {
        var address = OwnVolumes.NewAddress();
        await using var gateway = await volumes.StartAsync(volumes.NewVolume(), address);
        var bearer = await gateway.NewBearerAsync("assistant");
        Assert.True(ReceiptId.TryParse(await OwnVolumes.CallAsync(gateway, bearer), out var id));
        await Waiting.ForAsync(
            "it is signed",
            async () => (await OwnVolumes.AskAsync(gateway, bearer, id.ToString())).Status == HttpStatusCode.OK
        );
        var seal = new PeerSeal(gateway.Services.GetRequiredService<GatewayKeys>().DataEncryption);
        var foreign = new PeerSeal(
            new KeyRing(KeyPurpose.DataEncryption, [new NamedKey("k", System.Security.Cryptography.RandomNumberGenerator.GetBytes(32))])
        );
        PeerQuestion Ask(string agent, bool all = false, int minutes = 0) =>
            new(PeerAsk.Receipt, RunningGateway.Demo, id, agent, all, TimeProvider.System.GetUtcNow().AddMinutes(minutes));

        foreach (var path in (string[])["/", "/livez", "/metrics", "/v1/receipts/x", "/peers/v1/", "/peers/v1/AAAA", "/peers/v1/A%41"])
        {
            Assert.Equal((HttpStatusCode.NotFound, 0), await SendAsync(gateway, address + path));
        }

        Assert.Equal(HttpStatusCode.NotFound, (await SendAsync(gateway, address, foreign.Ask(Ask("assistant").ToBytes()))).Status);
        Assert.Equal(
            HttpStatusCode.NotFound,
            (await SendAsync(gateway, address, seal.Ask(Ask("assistant", minutes: -2).ToBytes()))).Status
        );
        Assert.Equal(HttpStatusCode.NotFound, (await SendAsync(gateway, address, seal.Ask("1\ndemo\nnonsense\n"u8))).Status);

        var asked = seal.Ask(Ask("assistant").ToBytes());
        var (status, sealedAnswer) = await SendAsync(gateway, address, asked);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(PeerVerdict.Found, PeerAnswer.Read(asked.OpenAnswer(sealedAnswer)).Verdict);
        Assert.DoesNotContain("gateway.receipt", Encoding.Latin1.GetString(sealedAnswer), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await SendAsync(gateway, address, asked)).Status); // Once only.

        // A peer that lies about who may read: this replica's own documents say otherwise.
        foreach (
            var question in (PeerQuestion[])
                [Ask("payer"), Ask("payer", all: true), Ask("suspended", all: true), Ask("nobody", all: true), Ask("", all: true)]
        )
        {
            var lie = seal.Ask(question.ToBytes());
            Assert.Equal(PeerVerdict.Unknown, PeerAnswer.Read(lie.OpenAnswer((await SendAsync(gateway, address, lie)).Content)).Verdict);
        }
    }

    [Fact]
    public async Task Answer_that_no_peer_made_is_none()
    {
        var address = OwnVolumes.NewAddress();
        await using var gateway = await volumes.StartAsync(volumes.NewVolume(), address);
        var bearer = await gateway.NewBearerAsync("assistant");
        Assert.True(ReceiptId.TryParse(await OwnVolumes.CallAsync(gateway, bearer), out var id));
        using var liar = new Liar();
        using var client = new PeerClient(gateway.Services.GetRequiredService<GatewayKeys>(), TimeProvider.System);
        var assistant = Id<Agent>.Parse("assistant");

        var good = seal(id);
        foreach (
            var answer in (byte[][])
                [
                    [],
                    "ok"u8.ToArray(),
                    good,
                    new byte[9 << 20],
                ]
        )
        {
            liar.Answer = answer;
            await Assert.ThrowsAsync<PeerAwayException>(() =>
                client.FindAsync(liar.Address, RunningGateway.Demo, id, assistant, false, None)
            );
        }

        foreach (var nowhere in (string[])["http://127.0.0.1:1", "https://127.0.0.1:1", "file:///etc/passwd", "http://a/b", ""])
        {
            await Assert.ThrowsAsync<PeerAwayException>(() => client.FindAsync(nowhere, RunningGateway.Demo, id, assistant, false, None));
        }

        byte[] seal(ReceiptId record) =>
            new PeerSeal(gateway.Services.GetRequiredService<GatewayKeys>().DataEncryption)
                .Ask(new PeerQuestion(PeerAsk.Receipt, RunningGateway.Demo, record, "assistant", false, default).ToBytes())
                .Answer(new PeerAnswer(PeerVerdict.Unknown, default).ToBytes());
    }

    [Fact]
    public async Task Log_that_another_replica_has_open_is_not_written_by_two()
    {
        var volume = volumes.NewVolume();
        var address = OwnVolumes.NewAddress();
        await using var one = await volumes.StartAsync(volume, address);
        await OwnVolumes.CallAsync(one, await one.NewBearerAsync("assistant"));
        var copy = volumes.NewVolume();
        foreach (var (path, bytes) in await WholeFolder.ReadAsync(volume))
        {
            var target = Path.Combine(copy, Path.GetRelativePath(volume, path));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            await File.WriteAllBytesAsync(target, bytes);
        }

        var refused = await Assert.ThrowsAsync<ConfigurationException>(() => volumes.StartAsync(copy, OwnVolumes.NewAddress()));

        Assert.Contains($"is the replica's at {address}", refused.Message, StringComparison.Ordinal);
        Assert.Contains(OwnVolumes.LogOf(one), refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tenant_whose_log_another_replica_has_open_is_not_served_however_often_it_is_tried()
    {
        var (tenant, second) = (Id<Tenant>.Parse("late"), OwnVolumes.NewAddress());
        var one = await volumes.StartAsync(volumes.NewVolume(), OwnVolumes.NewAddress());
        await using var other = await volumes.StartAsync(volumes.NewVolume(), second);
        await PrepareAsync(one, tenant);
        var (from, to) = (FolderOf(one, tenant), FolderOf(other, tenant));
        foreach (var (path, bytes) in await WholeFolder.ReadAsync(from))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, path));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            await File.WriteAllBytesAsync(target, bytes);
        }

        for (var time = 0; time < 2; time++)
        {
            await Assert.ThrowsAsync<ConfigurationException>(() => PrepareAsync(other, tenant));
            Assert.Null(other.Services.GetRequiredService<TenantJournals>().Find(tenant));
        }

        await one.DisposeAsync();
        await PrepareAsync(other, tenant);
        var log = other.Services.GetRequiredService<TenantJournals>().Find(tenant)!.Id.ToString();
        Assert.Equal(second, (await OwnVolumes.Logs(other).FindAsync(tenant, log, None))!.Address);
    }

    [Fact]
    public async Task Replica_whose_log_the_store_names_as_anothers_ends()
    {
        await using var gateway = await volumes.StartAsync(volumes.NewVolume(), OwnVolumes.NewAddress());
        var (logs, log) = (OwnVolumes.Logs(gateway), OwnVolumes.LogOf(gateway));
        var ours = await logs.FindAsync(RunningGateway.Demo, log, None);

        // As where two started on copies of one volume at the same moment, and the other one was last.
        await logs.ClaimAsync(RunningGateway.Demo, ours! with { Writer = "another", Address = "http://127.0.0.1:1" }, _ => true, None);

        var lifetime = gateway.Services.GetRequiredService<IHostApplicationLifetime>();
        await Waiting.ForAsync("it ends", () => lifetime.ApplicationStopping.IsCancellationRequested);
        Assert.Contains(log, gateway.Services.GetRequiredService<EndedEarly>().Why, StringComparison.Ordinal);
        Assert.Equal("another", (await logs.FindAsync(RunningGateway.Demo, log, None))!.Writer);
    }

    [Fact]
    public async Task Replica_whose_log_a_store_that_was_put_back_names_as_its_earlier_process_goes_on()
    {
        await using var gateway = await volumes.StartAsync(volumes.NewVolume(), OwnVolumes.NewAddress());
        var (logs, log) = (OwnVolumes.Logs(gateway), OwnVolumes.LogOf(gateway));
        var ours = (await logs.FindAsync(RunningGateway.Demo, log, None))!;

        await logs.ClaimAsync(RunningGateway.Demo, ours with { Writer = "earlier" }, _ => true, None);

        await Waiting.ForAsync(
            "it takes its log back",
            async () => (await logs.FindAsync(RunningGateway.Demo, log, None))!.Writer == ours.Writer
        );
        Assert.False(gateway.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested);
        Assert.Null(gateway.Services.GetRequiredService<EndedEarly>().Why);
    }

    [Fact]
    public async Task Volume_that_was_lost_is_missed_and_what_was_on_it_is_never_unknown()
    {
        var address = OwnVolumes.NewAddress();
        var volume = volumes.NewVolume();
        var one = await volumes.StartAsync(volume, address);
        var bearer = await one.NewBearerAsync("assistant");
        var (receipt, log) = (await OwnVolumes.CallAsync(one, bearer), OwnVolumes.LogOf(one));
        await one.DisposeAsync();

        var again = await volumes.StartAsync(volumes.NewVolume(), address);

        Assert.NotEqual(log, OwnVolumes.LogOf(again));
        var claimed = await OwnVolumes.Logs(again).ListAsync(RunningGateway.Demo, None);
        Assert.NotNull(claimed.Single(one => one.Log == log).Lost);
        Assert.Null(claimed.Single(one => one.Log == OwnVolumes.LogOf(again)).Lost);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await OwnVolumes.AskAsync(again, bearer, receipt)).Status);
        Assert.Equal(HttpStatusCode.OK, (await OwnVolumes.AskAsync(again, bearer, await OwnVolumes.CallAsync(again, bearer))).Status);
        await again.DisposeAsync();

        await using var back = await volumes.StartAsync(volume, address);
        Assert.Equal(log, OwnVolumes.LogOf(back));
        Assert.Null((await OwnVolumes.Logs(back).FindAsync(RunningGateway.Demo, log, None))!.Lost);
        Assert.Equal(HttpStatusCode.OK, (await OwnVolumes.AskAsync(back, bearer, receipt)).Status);
    }

    private static Task PrepareAsync(RunningGateway gateway, Id<Tenant> tenant)
    {
        var governance = gateway.Services.GetRequiredService<GovernanceState>().Find(RunningGateway.Demo)!.InForce!;
        return gateway.Services.GetRequiredService<TenantPreparation>()(new CompiledTenant(tenant, governance, null), None);
    }

    private static string FolderOf(RunningGateway gateway, Id<Tenant> tenant) =>
        Path.Combine(gateway.Services.GetRequiredService<JournalOptions>().Root, tenant.ToString());

    private static Task<(HttpStatusCode Status, byte[] Content)> SendAsync(
        RunningGateway gateway,
        string address,
        SealedQuestion question
    ) => GetAsync(gateway, address + "/peers/v1/" + Base64Url.EncodeToString(question.Bytes.Span));

    private static async Task<(HttpStatusCode Status, int Length)> SendAsync(RunningGateway gateway, string url)
    {
        var (status, content) = await GetAsync(gateway, url);
        return (status, content.Length);
    }

    private static async Task<(HttpStatusCode Status, byte[] Content)> GetAsync(RunningGateway gateway, string url)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(url));
        using var answer = await gateway.SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadAsByteArrayAsync());
    }
}
