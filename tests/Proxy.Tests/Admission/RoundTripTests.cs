using System.Net;
using Gateway.Proxy.Tests.Doors;
using Gateway.Testing;

namespace Gateway.Proxy.Tests.Admission;

/// <summary>What a request costs the shared store.</summary>
public sealed class RoundTripTests(RedisLimitedDoors doors) : IClassFixture<RedisLimitedDoors>
{
    private const int Requests = 60;

    // The feed of revocations publishes its epoch once a second, and a connection that a busy machine makes doubtful is looked at anew:
    // neither a request's doing.
    private const int OffThePath = 30;

    [Fact]
    public async Task Admission_is_one_script_call_a_request_and_nothing_else()
    {
        var key = await doors.Gateway.NewBearerAsync("plain");
        doors.Upstream.Answer("/base/round", "HTTP/1.1 204 No Content\r\n\r\n");
        await CallAsync(key);
        var (scripts, others) = await CountAsync();
        for (var i = 0; i < Requests; i++)
        {
            await CallAsync(key);
        }

        var (scriptsAfter, othersAfter) = await CountAsync();
        Assert.InRange(scriptsAfter - scripts, Requests, (Requests * RequestBudgets.Read().StoreRoundTrips) + OffThePath);
        Assert.InRange(othersAfter - others, 0, OffThePath);
    }

    [Fact]
    public async Task Settling_goes_with_the_next_admission_and_is_one_more_off_the_path_at_most()
    {
        var key = await doors.Gateway.NewBearerAsync("plain");
        doors.Upstream.Answer("round-chat", LimitedDoors.Answer(1, 1));
        using var warm = await doors.ChatAsync(key, "round-chat");
        var (scripts, _) = await CountAsync();
        for (var i = 0; i < Requests; i++)
        {
            using var response = await doors.ChatAsync(key, "round-chat");
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }

        await Eventually.IsTrueAsync(async () => (await doors.Redis.CommandAsync("KEYS", "*:slots:*")).Length == 0, "requests are settled");
        Assert.InRange((await CountAsync()).Scripts - scripts, Requests, (2 * Requests) + OffThePath);
    }

    private async Task CallAsync(string key)
    {
        using var response = await doors.ToolAsync(key, "/tools/open/round");
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
    }

    /// <summary>Calls of scripts, and of whatever else a client could send beside them.</summary>
    private async Task<(long Scripts, long Others)> CountAsync()
    {
        var others = 0L;
        foreach (var command in new[] { "eval", "script|load", "multi", "exec", "incr", "subscribe", "publish" })
        {
            others += await doors.Redis.CallsAsync(command);
        }

        return (await doors.Redis.CallsAsync("evalsha"), others);
    }
}
