using Gateway.Connectors.Stores;
using Gateway.Policy.Model;
using Gateway.Proxy.Admission;
using Gateway.Proxy.Tests.Running;
using Gateway.Proxy.Tests.StandIn;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Abstractions;

namespace Gateway.Proxy.Tests.Faults;

/// <summary>The durable store is lost while the gateway runs, or changed by another process.</summary>
public sealed class StoreFaultTests(ITestOutputHelper output) : IAsyncLifetime
{
    private RunningStandIn _provider = null!;
    private RunningGateway _gateway = null!;
    private string _bearer = "";

    private string StoreFile => Path.Combine(_gateway.DataPath, "store", "demo.db");

    public async Task InitializeAsync()
    {
        _provider = await RunningStandIn.StartAsync();
        _gateway = await RunningGateway.StartAsync(
            _provider.Address,
            settings: ["--Gateway:Admission:MaxStaleness=00:00:02", "--Gateway:Admission:PollInterval=00:00:00.1"]
        );
        _bearer = await _gateway.NewBearerAsync("assistant");
        Assert.Equal(200, (await _gateway.ChatAsync(_bearer)).Status);
    }

    public async Task DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _provider.DisposeAsync();
    }

    [Theory]
    [InlineData("garbage")]
    [InlineData("gone")]
    public Task A_store_that_is_lost_ends_what_runs_and_admits_nothing_until_it_is_back(string how) =>
        LostAsync(
            () =>
            {
                File.Move(StoreFile, StoreFile + ".away");
                if (how == "garbage")
                {
                    File.WriteAllText(StoreFile, new string('x', 8192));
                }

                return Task.CompletedTask;
            },
            () => File.Move(StoreFile + ".away", StoreFile, overwrite: true)
        );

    [Fact]
    public async Task A_store_that_another_process_locks_ends_what_runs_and_admits_nothing_until_it_is_free()
    {
        using var other = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={StoreFile};Pooling=False");
        await LostAsync(
            () =>
            {
                other.Open();
                Execute(other, "PRAGMA locking_mode=EXCLUSIVE; BEGIN EXCLUSIVE; UPDATE schema_version SET version = version; COMMIT");
                return Task.CompletedTask;
            },
            other.Close
        );
    }

    [Fact]
    public async Task A_store_that_was_put_back_to_an_older_state_admits_nothing()
    {
        var older = StoreFile + ".older";
        using (var source = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={StoreFile};Pooling=False"))
        {
            source.Open();
            Execute(source, $"VACUUM INTO '{older}'");
        }

        var added = await _gateway.NewBearerAsync("assistant");
        Assert.Equal(200, (await _gateway.ChatAsync(added)).Status);
        var feed = _gateway.Services.GetRequiredService<RevocationFeed>();
        await Waiting.ForAsync("the change is followed", () => feed.EpochOf(RunningGateway.Demo) == 2);
        foreach (var part in new[] { "-wal", "-shm" })
        {
            File.Delete(StoreFile + part);
        }

        File.Move(older, StoreFile, overwrite: true);
        await Waiting.ForAsync("nothing is admitted", async () => await _gateway.ChatAsync(_bearer) is (503, "dependency_unavailable"));
    }

    [Theory]
    [InlineData("revoked")]
    [InlineData("suspended")]
    public async Task What_another_process_writes_ends_requests_and_running_streams(string how)
    {
        using var stream = await _gateway.EndlessAsync(_bearer);
        await using var other = new SqliteStore(Path.GetDirectoryName(StoreFile)!);
        var id = (await other.ListCredentialsAsync(RunningGateway.Demo, CancellationToken.None)).Single().Id;
        var now = TimeProvider.System.GetUtcNow();
        if (how == "revoked")
        {
            Assert.True(await other.RevokeCredentialAsync(RunningGateway.Demo, id, now, CancellationToken.None));
        }
        else
        {
            await other.SetLifecycleAsync(
                RunningGateway.Demo,
                Id<Agent>.Parse("assistant"),
                LifecycleStatus.Suspended,
                now,
                CancellationToken.None
            );
        }

        var wanted = how == "revoked" ? (401, "revoked_credential") : (403, "agent_not_active");
        var took = await Waiting.ForAsync("it is refused", async () => (await _gateway.ChatAsync(_bearer)).Status == wanted.Item1);
        var since = System.Diagnostics.Stopwatch.StartNew();
        Assert.Contains("error", await stream.RestAsync(), StringComparison.Ordinal);
        output.WriteLine(
            $"{how}: refused after {took.TotalMilliseconds:F0} ms, its stream ended at most {since.ElapsedMilliseconds} ms later"
        );
    }

    private async Task LostAsync(Func<Task> loseAsync, Action restore)
    {
        var unseen = await _gateway.NewBearerAsync("assistant");
        using var stream = await _gateway.EndlessAsync(_bearer);
        await loseAsync();
        var since = System.Diagnostics.Stopwatch.StartNew();
        try
        {
            Assert.Equal((503, "dependency_unavailable"), await _gateway.ChatAsync(unseen));
            output.WriteLine($"a new key was refused after {since.ElapsedMilliseconds} ms");
            Assert.Contains("error", await stream.RestAsync(), StringComparison.Ordinal);
            output.WriteLine($"the running stream ended after {since.ElapsedMilliseconds} ms");
            Assert.Equal((503, "dependency_unavailable"), await _gateway.ChatAsync(_bearer));
            var sent = await _provider.CountAsync();
            Assert.Equal((503, "dependency_unavailable"), await _gateway.ChatAsync(_bearer));
            Assert.Equal(sent, await _provider.CountAsync());
            Assert.False((await _gateway.ReadinessAsync()).Checks.GetProperty("revocations").GetBoolean());
        }
        finally
        {
            restore();
        }

        var took = await Waiting.ForAsync("it recovers", async () => (await _gateway.ChatAsync(_bearer)).Status == 200);
        output.WriteLine($"recovered after {took.TotalMilliseconds:F0} ms");
        Assert.Equal(200, (await _gateway.ChatAsync(unseen)).Status);
    }

    private static void Execute(Microsoft.Data.Sqlite.SqliteConnection connection, string text)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // A constant and a file of the test's own.
        command.CommandText = text;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
