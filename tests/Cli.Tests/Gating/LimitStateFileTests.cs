using Gateway.Cli.Gating;
using Gateway.Gait.Gating;
using Gateway.Policy.Rules.Documents;
using Gateway.Testing;

namespace Gateway.Cli.Tests.Gating;

public sealed class LimitStateFileTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2030, 1, 1, 12, 30, 0, TimeSpan.Zero);

    private readonly TemporaryDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task EqualCallsThatRace_AreLetInAsOftenAsTheLimitSays()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Task.Run(() => CountAsync(Now, Limit(5)))));
        Assert.Equal(5, answers.Count(answer => answer.Reached is null));
    }

    [Fact]
    public async Task AnAction_CountsInAllOfItsLimitsOrInNone()
    {
        Assert.Null((await CountAsync(Now, Limit(1, "tool"), Limit(5, "identity"))).Reached);
        Assert.Equal("tool", (await CountAsync(Now, Limit(1, "tool"), Limit(5, "identity"))).Reached!.Demand.Scope);
        Assert.Equal(2, (await CountAsync(Now, Limit(5, "identity"))).Used[0].Used);
    }

    [Fact]
    public async Task AnotherHour_CountsAnew_AndTheOldOneIsForgotten()
    {
        await CountAsync(Now, Limit(1));
        Assert.Null((await CountAsync(Now.AddHours(1), Limit(1))).Reached);
        Assert.DoesNotContain("T12:00:00Z", await File.ReadAllTextAsync(State), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ALockThatIsHeld_IsWaitedForAndThenRefused_AndOneLeftBehindIsTakenOver()
    {
        await File.WriteAllTextAsync(State + ".lock", "{}");
        await Assert.ThrowsAsync<IOException>(() => CountAsync(Now, Limit(1)));
        File.SetLastWriteTimeUtc(State + ".lock", TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(-1));
        Assert.Null((await CountAsync(Now, Limit(1))).Reached);
        Assert.False(File.Exists(State + ".lock"));
    }

    private string State => _folder.File("state.json");

    private Task<GateLimits> CountAsync(DateTimeOffset now, params LimitDemand[] limits) =>
        new LimitStateFile(State, TimeProvider.System).CountAsync(
            [.. limits.Select(limit => new GateLimit(limit, LimitWindow.Of(limit, "tool", "alice", now), IsBudget: false))],
            CancellationToken.None
        );

    private static LimitDemand Limit(int requests, string scope = "tool_identity") => new(requests, "hour", scope);
}
