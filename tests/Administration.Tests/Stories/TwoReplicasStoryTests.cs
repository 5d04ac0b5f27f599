using Gateway.Administration.Tests.Console;
using Gateway.Testing;

namespace Gateway.Administration.Tests.Stories;

/// <summary>On PostgreSQL and Redis, with two replicas.</summary>
public sealed class TwoReplicasStoryTests(Chromium chromium) : ApprovalStory(chromium)
{
    private RedisServer? _redis;

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        if (_redis is not null)
        {
            await _redis.DisposeAsync();
        }
    }

    protected override async Task<(RunningAdministration First, RunningAdministration Other)> StartAsync(
        string documents,
        string[] settings,
        Uri secure
    )
    {
        _redis = await RedisServer.StartAsync();
        var postgres = await PostgresServer.SharedAsync();
        string[] shared =
        [
            .. SharedStorage.Settings(_redis, postgres, await postgres.NewDatabaseAsync()),
            "--Gateway:Store:Deadline=00:00:05",
            "--Gateway:Store:WriteDeadline=00:00:30",
        ];
        var first = await RunningAdministration.StartAsync(documents, shared);
        return (first, await first.StartReplicaAsync(documents, secure, [.. shared, .. settings]));
    }
}
