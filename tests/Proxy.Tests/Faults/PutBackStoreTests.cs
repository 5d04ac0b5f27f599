using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using Gateway.Connectors.Contracts;
using Gateway.Connectors.Stores;
using Gateway.Evidence.Records;
using Gateway.Evidence.Verification;
using Gateway.Policy.Model;
using Gateway.Proxy.Identity.Signing;
using Gateway.Proxy.Tests.Running;
using Gateway.Proxy.Tests.StandIn;
using Gateway.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Proxy.Tests.Faults;

/// <summary>A store that is put back from a copy brings back to life nothing that was used, revoked, suspended or killed since.</summary>
public sealed class PutBackStoreTests : IAsyncLifetime
{
    private const int Actions = 12;
    private const int UsedBefore = 6;

    private readonly TemporaryDirectory _data = new();
    private readonly TemporaryDirectory _copy = new();
    private readonly List<RunningGateway> _gateways = [];
    private readonly ConcurrentDictionary<int, int> _carriedOut = new();
    private RunningStandIn _provider = null!;

    public async Task InitializeAsync() => _provider = await RunningStandIn.StartAsync();

    public async Task DisposeAsync()
    {
        await StopAsync();
        await _provider.DisposeAsync();
        _data.Dispose();
        _copy.Dispose();
    }

    [Fact]
    public async Task Put_back_while_nothing_runs_it_is_held_against_the_journal_before_the_first_request()
    {
        var gateway = await StartAsync();
        var (payer, revoked, suspended) = await KeysAsync(gateway);
        await ApproveAsync(gateway, payer, 1);
        await StopAsync();
        Copy(_data.File("store"), _copy.Path);
        gateway = await StartAsync();
        Assert.Equal("", await PayAsync(gateway, payer, 1));
        await TakeAwayAsync(gateway, revoked, "sleeper");
        await StopAsync();
        Copy(_copy.Path, _data.File("store"));

        gateway = await StartAsync();

        Assert.Equal("approval_required", await PayAsync(gateway, payer, 1));
        Assert.Equal(401, (await gateway.ChatAsync(revoked)).Status);
        Assert.Equal("agent_not_active", (await gateway.ChatAsync(suspended)).Code);
        Assert.Equal(1, _carriedOut[1]);
        Assert.Single(Reconciliations(gateway.JournalPath));
        await StopAsync();
        gateway = await StartAsync();
        Assert.Single(Reconciliations(gateway.JournalPath)); // Once is enough.
    }

    [Fact]
    public async Task Store_that_is_gone_comes_back_empty_and_with_what_was_taken_away()
    {
        var gateway = await StartAsync();
        var (_, _, suspended) = await KeysAsync(gateway);
        await TakeAwayAsync(gateway, suspended, "sleeper");
        await StopAsync();
        Directory.Delete(_data.File("store"), recursive: true);

        gateway = await StartAsync();

        var store = gateway.Services.GetRequiredService<IDurableStore>();
        var status = await store.FindLifecycleAsync(RunningGateway.Demo, Id<Agent>.Parse("sleeper"), CancellationToken.None);
        Assert.Equal(LifecycleStatus.Suspended, status);
        Assert.Equal(401, (await gateway.ChatAsync(suspended)).Status);
    }

    [Fact]
    public async Task Journal_that_can_not_be_read_for_it_stops_the_start()
    {
        await StartAsync();
        await StopAsync();
        Copy(_data.File("store"), _copy.Path);
        await KeysAsync(await StartAsync());
        await StopAsync();
        Copy(_copy.Path, _data.File("store"));
        var segment = Directory.GetFiles(Path.Combine(_data.File("journal"), "demo"), "segment-*.log", SearchOption.AllDirectories)[0];
        await using (var file = File.OpenWrite(segment))
        {
            file.Seek(200, SeekOrigin.Begin);
            file.Write("broken"u8);
        }

        var refused = await Assert.ThrowsAsync<DurableStoreException>(StartAsync);
        Assert.Contains("put back from a copy", refused.Message, StringComparison.Ordinal);
        Assert.Contains("gateway verify", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Site_that_is_lost_comes_back_from_a_dump_and_later_copies_of_journal_and_vault()
    {
        var postgres = await PostgresServer.SharedAsync();
        var database = await postgres.NewDatabaseAsync();
        string[] settings =
        [
            "--Gateway:Store:Kind=postgres",
            $"--Gateway:Store:Connection={postgres.Connection(database)}",
            $"--POSTGRES_PASSWORD={PostgresServer.Password}",
            "--Gateway:Store:Deadline=00:00:05",
        ];
        var gateway = await StartAsync(settings);
        var (payer, revoked, suspended) = await KeysAsync(gateway);
        await ApproveAsync(gateway, payer, 1);
        await ApproveAsync(gateway, payer, 2);
        var dump = await postgres.BackUpAsync(database);
        Assert.Equal("", await PayAsync(gateway, payer, 1));
        await TakeAwayAsync(gateway, revoked, "sleeper");
        await CopyAsync(_data.Path, _copy.Path); // While it runs, as a volume's snapshot is taken.
        await StopAsync();
        Directory.Delete(_data.Path, recursive: true);
        await postgres.PutBackAsync(database, dump);
        await CopyAsync(_copy.Path, _data.Path);

        gateway = await StartAsync(settings);

        Assert.Equal("approval_required", await PayAsync(gateway, payer, 1));
        Assert.Equal("", await PayAsync(gateway, payer, 2)); // With the vault's secret.
        Assert.Equal(401, (await gateway.ChatAsync(revoked)).Status);
        Assert.Equal("agent_not_active", (await gateway.ChatAsync(suspended)).Code);
        Assert.Equal(2, await _provider.CountAsync());
        Assert.Single(Reconciliations(gateway.JournalPath));
        await StopAsync();
        var verified = JournalVerifier.Verify(_data.File("journal"));
        Assert.True(verified.IsGood, verified.Problem?.ToString());
        Assert.Equal(0, verified.OpenDecisions);
    }

    [Fact]
    public async Task Postgresql_put_back_under_two_replicas_and_load_gives_nothing_twice_and_loses_no_approval()
    {
        await using var redis = await RedisServer.StartAsync();
        var postgres = await PostgresServer.SharedAsync();
        var database = await postgres.NewDatabaseAsync();
        for (var i = 0; i < 2; i++)
        {
            await StartAsync([
                .. SharedStorage.Settings(redis, postgres, database),
                $"--Gateway:Journal:Root={_data.File($"journal-{i}")}",
                "--Gateway:Store:Deadline=00:00:05",
                "--Gateway:Admission:MaxStaleness=00:00:30", // Or what runs while nothing can be followed would end.
            ]);
        }

        var (payer, revoked, suspended) = await KeysAsync(_gateways[0]);
        for (var action = 0; action < Actions; action++)
        {
            await ApproveAsync(_gateways[0], payer, action);
        }

        var backup = await postgres.BackUpAsync(database);
        for (var action = 0; action < UsedBefore; action++)
        {
            await PayAsync(_gateways[action % 2], payer, action);
        }

        await TakeAwayAsync(_gateways[0], revoked, "sleeper");
        await Waiting.ForAsync("both know the key revoked", () => AllAsync(async one => (await one.ChatAsync(revoked)).Status == 401));
        using var stop = new CancellationTokenSource();
        var alive = new ConcurrentBag<int>();
        var load = _gateways
            .SelectMany(gateway =>
                new[] { PayOnAsync(gateway, payer, stop.Token), TryOnAsync(gateway, [revoked, suspended], alive, stop.Token) }
            )
            .ToList();

        await postgres.PutBackAsync(database, backup);

        // One of them may put it on record for both.
        await Waiting.ForAsync(
            "both have held the store against their journals",
            () => Enumerable.Range(0, 2).Sum(i => Reconciliations(_data.File($"journal-{i}")).Count) >= 2
        );
        await Waiting.ForAsync("every approval is used", () => _carriedOut.Count == Actions);
        var rounds = _rounds;
        await Waiting.ForAsync("the load goes on", () => _rounds > rounds + 40);
        await stop.CancelAsync();
        await Task.WhenAll(load).WaitAsync(Waiting.Deadline);
        Assert.All(_carriedOut, one => Assert.Equal(1, one.Value));
        Assert.Empty(alive);
        Assert.Equal(Actions, await _provider.CountAsync());
    }

    private int _rounds;

    private async Task PayOnAsync(RunningGateway gateway, RequestSigner payer, CancellationToken stopped)
    {
        for (var i = 0; !stopped.IsCancellationRequested; i++)
        {
            await PayAsync(gateway, payer, i % Actions);
            Interlocked.Increment(ref _rounds);
        }
    }

    private static async Task TryOnAsync(RunningGateway gateway, string[] keys, ConcurrentBag<int> alive, CancellationToken stopped)
    {
        for (var i = 0; !stopped.IsCancellationRequested; i++)
        {
            if ((await gateway.ChatAsync(keys[i % keys.Length])).Status == 200)
            {
                alive.Add(i % keys.Length);
            }
        }
    }

    private async Task<bool> AllAsync(Func<RunningGateway, Task<bool>> isSoAsync)
    {
        foreach (var gateway in _gateways)
        {
            if (!await isSoAsync(gateway))
            {
                return false;
            }
        }

        return true;
    }

    private async Task<RunningGateway> StartAsync(params string[] settings)
    {
        var gateway = await RunningGateway.StartAsync(_provider.Address, _data.Path, PutBackDocuments.All, settings);
        _gateways.Add(gateway);
        return gateway;
    }

    private Task<RunningGateway> StartAsync() => StartAsync([]);

    private async Task StopAsync()
    {
        foreach (var gateway in _gateways)
        {
            await gateway.DisposeAsync();
        }

        _gateways.Clear();
    }

    private static async Task<(RequestSigner Payer, string Revoked, string Suspended)> KeysAsync(RunningGateway gateway) =>
        (await gateway.NewSignerAsync("payer"), await gateway.NewBearerAsync("assistant"), await gateway.NewBearerAsync("sleeper"));

    /// <summary>Revokes the key and suspends the agent, as an operator does: it is on record afterwards.</summary>
    private static async Task TakeAwayAsync(RunningGateway gateway, string key, string agent)
    {
        var store = gateway.Services.GetRequiredService<IDurableStore>();
        var now = TimeProvider.System.GetUtcNow();
        foreach (var one in await store.ListCredentialsAsync(RunningGateway.Demo, CancellationToken.None))
        {
            if (key.Contains(one.Id, StringComparison.Ordinal))
            {
                Assert.True(await store.RevokeCredentialAsync(RunningGateway.Demo, one.Id, now, CancellationToken.None));
            }
        }

        await store.SetLifecycleAsync(RunningGateway.Demo, Id<Agent>.Parse(agent), LifecycleStatus.Suspended, now, CancellationToken.None);
        await Waiting.ForAsync(
            "it is on record",
            async () => (await store.UnrecordedAsync(RunningGateway.Demo, CancellationToken.None)).Count == 0
        );
    }

    private async Task ApproveAsync(RunningGateway gateway, RequestSigner payer, int action)
    {
        Assert.Equal("approval_required", await PayAsync(gateway, payer, action));
        var approvals = gateway.Services.GetRequiredService<ApprovalStore>();
        var now = TimeProvider.System.GetUtcNow();
        var asked = (await approvals.ListAsync(RunningGateway.Demo, now, most: 100, CancellationToken.None)).Single(one =>
            one.State == ApprovalState.Pending
        );
        var vote = new ApprovalVote("cleo", Approves: true, asked.ViewDigest, now, "");
        Assert.Equal(VoteOutcome.Counted, (await approvals.VoteAsync(RunningGateway.Demo, asked.Id, vote, CancellationToken.None)).Outcome);
    }

    /// <returns>Why not; empty where it was carried out.</returns>
    private async Task<string> PayAsync(RunningGateway gateway, RequestSigner payer, int action)
    {
        var body = string.Create(CultureInfo.InvariantCulture, $$"""{"contact":"c-{{action}}","amount":10,"currency":"EUR"}""");
        using var response = await gateway.SendSignedAsync(payer, () => gateway.Request(HttpMethod.Post, "/tools/bank/refunds", body));
        if (response.StatusCode != HttpStatusCode.Created)
        {
            return Call.CodeOf(await response.Content.ReadAsStringAsync());
        }

        _carriedOut.AddOrUpdate(action, 1, (_, times) => times + 1);
        return "";
    }

    private static List<string> Reconciliations(string journal)
    {
        var found = new List<string>();
        JournalVerifier.Verify(
            journal,
            keys: null,
            (in RecordEnvelope record) =>
            {
                if (record.Body.IndexOf("\"kind\":\"store_reconciled\""u8) >= 0)
                {
                    found.Add(System.Text.Encoding.UTF8.GetString(record.Body));
                }
            },
            CancellationToken.None
        );
        return found;
    }

    private static async Task CopyAsync(string from, string to)
    {
        using var copying = System.Diagnostics.Process.Start("cp", ["-a", from + "/.", Directory.CreateDirectory(to).FullName]);
        await copying.WaitForExitAsync();
        Assert.Equal(0, copying.ExitCode);
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.GetFiles(to))
        {
            File.Delete(file);
        }

        foreach (var file in Directory.GetFiles(from))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }
    }
}

internal static class PutBackDocuments
{
    /// <summary>A bank whose refunds one person must approve, its payer, and an agent that chats.</summary>
    public const string All = """
        apiVersion: gateway/v1
        kind: Connector
        metadata: {tenant: demo, name: bank}
        spec:
          type: http
          baseAddress: http://127.0.0.1:8081/crm
          scope: internal
          environment: development
          credential: {reference: "vault://local/crm#token", placement: header, name: x-crm-token}
          operations:
            - {name: refund, action: financial, risk: low, methods: [POST], path: /refunds}
        ---
        apiVersion: gateway/v1
        kind: Agent
        metadata: {tenant: demo, name: payer}
        spec: {workspace: main, owners: {human: Ada Sample, security: Ben Sample}, status: active, level: L3, risk: low}
        ---
        apiVersion: gateway/v1
        kind: ToolPermission
        metadata: {tenant: demo, name: payer-bank}
        spec: {agent: payer, connector: bank, operations: "*", auditLogging: true}
        ---
        apiVersion: gateway/v1
        kind: ApprovalGate
        metadata: {tenant: demo, name: bank}
        spec: {active: true, connectors: [bank], approverGroups: [treasury]}
        ---
        apiVersion: gateway/v1
        kind: ApproverGroup
        metadata: {tenant: demo, name: treasury}
        spec: {members: [cleo]}
        ---
        apiVersion: gateway/v1
        kind: Agent
        metadata: {tenant: demo, name: sleeper}
        spec: {workspace: main, owners: {human: Ada Sample, security: Ben Sample}, status: active, level: L3, risk: low}
        ---
        apiVersion: gateway/v1
        kind: ToolPermission
        metadata: {tenant: demo, name: sleeper-models}
        spec: {agent: sleeper, connector: openai, operations: "*", auditLogging: true}
        """;
}
