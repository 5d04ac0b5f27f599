using Gateway.Connectors.State;
using Gateway.Testing;

namespace Gateway.Connectors.Tests.State;

/// <summary>One Redis server for the tests of a class.</summary>
public sealed class RedisFixture : IAsyncLifetime
{
    public RedisServer Server { get; private set; } = null!;

    public async Task InitializeAsync() => Server = await RedisServer.StartAsync();

    public async Task DisposeAsync() => await Server.DisposeAsync();

    /// <summary>A deadline that a busy test machine keeps; tests of the deadline take their own.</summary>
    public RedisStateOptions Options(TimeSpan? skew = null) => Options(Server, skew: skew);

    public static RedisStateOptions Options(RedisServer server, TimeSpan? deadline = null, TimeSpan? skew = null) =>
        new()
        {
            Endpoints = [server.Endpoint],
            Deadline = deadline ?? TimeSpan.FromSeconds(2),
            AllowedClockSkew = skew ?? TimeSpan.FromMilliseconds(100),
        };
}
