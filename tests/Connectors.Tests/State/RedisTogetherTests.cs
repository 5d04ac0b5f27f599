using FsCheck;
using FsCheck.Fluent;
using Gateway.Connectors.Contracts;
using Gateway.Connectors.State;
using Gateway.Policy.Model;

namespace Gateway.Connectors.Tests.State;

/// <summary>
/// Requests that go together in one script call. The server is stopped while they are asked, so that all wait for the call after those that
/// are on their way.
/// </summary>
public sealed class RedisTogetherTests(RedisFixture redis) : IClassFixture<RedisFixture>
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow().AddSeconds(60);
    private static int _names;

    private readonly Id<Tenant> _tenant = Id<Tenant>.Parse(NewName());

    [Fact]
    public async Task Admissions_AskedWhileACallIsOnItsWay_AreOneCall()
    {
        await using var state = await OpenAsync();
        var before = await redis.Server.CallsAsync("evalsha");

        var outcomes = await TogetherAsync(Enumerable.Range(0, 20).Select(_ => Full()).Select(request => (state, request)).ToArray());

        Assert.All(outcomes, outcome => Assert.Equal(AdmissionOutcome.Admitted, outcome));
        Assert.Equal(before + CallQueue.MaxConcurrentCalls + 1, await redis.Server.CallsAsync("evalsha"));
    }

    [Fact]
    public async Task EqualNonces_InOneCallOfEachOfTwoReplicas_OneIsAdmitted()
    {
        await using var one = await OpenAsync();
        await using var two = await OpenAsync();
        var nonce = Nonce(NewName());
        var same = Enumerable.Range(0, 20).Select(i => (i % 2 == 0 ? one : two, Plain() with { Nonce = nonce }));

        var outcomes = await TogetherAsync([.. same]);

        Assert.Single(outcomes, AdmissionOutcome.Admitted);
        Assert.Equal(19, outcomes.Count(outcome => outcome == AdmissionOutcome.Replayed));
    }

    [Fact]
    public async Task Together_TheyAreJudgedAsOneAfterTheOther()
    {
        await using var state = await OpenAsync();
        await redis.Server.CommandAsync("PING");

        Prop.ForAll(
                Orders(),
                orders =>
                {
                    // As many as one call takes: of two that are on their way either may be first.
                    var (alone, together, few) = (NewName(), NewName(), orders.Take(CallQueue.MaxBatchSize).ToArray());
                    var expected = few.Select(order => AdmitAsync(state, order.For(this, alone)).GetAwaiter().GetResult()).ToArray();
                    var got = TogetherAsync([.. few.Select(order => (state, order.For(this, together)))]).GetAwaiter().GetResult();
                    Assert.Equal(expected, got);
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(60));
    }

    [Fact]
    public async Task RequestThatNoCallerMakes_IsItsOwnMistakeAlone()
    {
        await using var state = await OpenAsync();

        var before = AdmitAsync(state, Full());
        var wrong = AdmitAsync(state, Plain() with { Epoch = -1 });
        var after = AdmitAsync(state, Full());

        await Assert.ThrowsAsync<ArgumentException>(() => wrong);
        Assert.Equal([AdmissionOutcome.Admitted, AdmissionOutcome.Admitted], await Task.WhenAll(before, after));
    }

    [Fact]
    public async Task ErrorOfACall_RefusesAllOfIt_AndChargesNobody()
    {
        await using var state = await OpenAsync();
        var spoilt = NewName();
        await redis.Server.CommandAsync("LPUSH", "gateway:{" + _tenant + "}:rate:" + spoilt, "not a number");
        var limited = Plain() with { Concurrency = [new(NewName(), 1)], Budgets = [new(NewName(), new(10, Day), 10)] };

        var outcomes = await TogetherAsync([
            (state, limited),
            (state, Plain() with { Rates = [new(spoilt, new(10, Day, 10))] }),
            (state, Full()),
        ]);

        Assert.Equal([AdmissionOutcome.Unavailable, AdmissionOutcome.Unavailable, AdmissionOutcome.Unavailable], outcomes);
        Assert.Equal(AdmissionOutcome.Admitted, await AdmitAsync(state, limited with { RequestId = NewName() }));
    }

    [Fact]
    public async Task LossOfMemory_UnderACallOfMany_IsMendedForAll()
    {
        await using var state = await OpenAsync();
        await redis.Server.FlushAllAsync();

        var outcomes = await TogetherAsync(Enumerable.Range(0, 10).Select(_ => (state, Plain())).ToArray());

        Assert.All(outcomes, outcome => Assert.Equal(AdmissionOutcome.Admitted, outcome));
    }

    [Fact]
    public async Task Settlements_AskedWhileACallIsOnItsWay_AreOneCall_AndEachCountsOnce()
    {
        await using var state = await OpenAsync();
        var (slots, budget) = (NewName(), NewName());
        AdmissionRequest Limited() => Plain() with { Concurrency = [new(slots, 20)], Budgets = [new(budget, new(1000, Day), 50)] };
        var requests = Enumerable.Range(0, 20).Select(_ => Limited()).ToArray();
        var answers = await Task.WhenAll(requests.Select(request => state.AdmitAsync(request, default).AsTask()));
        Assert.Equal(AdmissionOutcome.ConcurrencyLimited, await AdmitAsync(state, Limited()));
        var before = await redis.Server.CallsAsync("evalsha");

        redis.Server.Pause();
        var settled = Enumerable
            .Range(0, 40)
            .Select(i => state.SettleAsync(requests[i % 20], answers[i % 20], tokensUsed: 10, default).AsTask())
            .ToArray();
        redis.Server.Resume();

        Assert.All(await Task.WhenAll(settled), Assert.True);
        Assert.InRange(await redis.Server.CallsAsync("evalsha"), before + 1, before + 2);
        Assert.Equal(
            AdmissionOutcome.BudgetExhausted,
            await AdmitAsync(state, Plain() with { Budgets = [new(budget, new(1000, Day), 801)] })
        );
        Assert.Equal(
            AdmissionOutcome.Admitted,
            await AdmitAsync(state, Plain() with { Budgets = [new(budget, new(1000, Day), 800)], Concurrency = [new(slots, 1)] })
        );
    }

    [Fact]
    public async Task Settlement_GoesWithTheNextAdmission_WhichFindsItsSlotBudgetAndKeyFree()
    {
        await using var state = await OpenAsync();
        var one = Plain() with
        {
            Concurrency = [new(NewName(), 1)],
            Budgets = [new(NewName(), new(10, Day), 10)],
            Idempotency = new("agent/" + NewName(), new string('a', 32), Day),
        };
        var before = await redis.Server.CallsAsync("evalsha");

        for (var i = 0; i < 20; i++)
        {
            var request = one with { RequestId = NewName() };
            var answer = await state.AdmitAsync(request, default);
            Assert.Equal(AdmissionOutcome.Admitted, answer.Outcome);
            _ = state.SettleAsync(request, answer, tokensUsed: null, default).AsTask();
        }

        // Two calls each, where the machine lets a settlement wait until it goes alone.
        Assert.InRange(await redis.Server.CallsAsync("evalsha"), before + 20, before + 40);
    }

    [Fact]
    public async Task Settlements_InOneCall_FreeTheKeysOfThoseThatSentNothing()
    {
        await using var state = await OpenAsync();
        var requests = Enumerable.Range(0, 8).Select(_ => Full()).ToArray();
        var answers = await Task.WhenAll(requests.Select(request => state.AdmitAsync(request, default).AsTask()));

        redis.Server.Pause();
        var settled = Enumerable
            .Range(0, 8)
            .Select(i => state.SettleAsync(requests[i], answers[i], i % 2 == 0 ? null : 1, default).AsTask())
            .ToArray();
        redis.Server.Resume();
        Assert.All(await Task.WhenAll(settled), Assert.True);

        var again = await Task.WhenAll(requests.Select(request => AdmitAsync(state, Plain() with { Idempotency = request.Idempotency })));
        Assert.Equal(Enumerable.Range(0, 8).Select(i => i % 2 == 0 ? AdmissionOutcome.Admitted : AdmissionOutcome.AlreadyDone), again);
    }

    [Fact]
    public async Task SettledAndAdmittedInOneCall_TheyAreJudgedAsOneAfterTheOther()
    {
        await using var state = await OpenAsync();

        Prop.ForAll(
                Orders(),
                Orders(),
                (earlier, later) =>
                {
                    var alone = JudgedAsync(state, earlier, later, NewName(), together: false).GetAwaiter().GetResult();
                    var together = JudgedAsync(state, earlier, later, NewName(), together: true).GetAwaiter().GetResult();
                    Assert.Equal(alone, together);
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(60));
    }

    private static string NewName() =>
        "together-" + Interlocked.Increment(ref _names).ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static NonceUse Nonce(string value) => new("key", value, Now, Now.AddMinutes(2));

    private static async Task<AdmissionOutcome> AdmitAsync(RedisState state, AdmissionRequest request) =>
        (await state.AdmitAsync(request, default)).Outcome;

    /// <summary>
    /// Asks all while the server is stopped and as many calls as may be are on their way, so that the next call is all of them.
    /// </summary>
    private async Task<AdmissionOutcome[]> TogetherAsync((RedisState State, AdmissionRequest Request)[] asks)
    {
        var asked = await OccupiedAsync(
            asks.Select(ask => ask.State),
            () => asks.Select(ask => AdmitAsync(ask.State, ask.Request)).ToArray()
        );
        return await Task.WhenAll(asked);
    }

    /// <summary>Asks while the server is stopped and as many calls of each replica as may be are on their way.</summary>
    private async Task<T> OccupiedAsync<T>(IEnumerable<RedisState> states, Func<T> ask)
    {
        redis.Server.Pause();
        var before = states
            .Distinct()
            .SelectMany(state => Enumerable.Range(0, CallQueue.MaxConcurrentCalls).Select(_ => AdmitAsync(state, Full())))
            .ToArray();
        var asked = ask();
        redis.Server.Resume();
        Assert.All(await Task.WhenAll(before), outcome => Assert.Equal(AdmissionOutcome.Admitted, outcome));
        return asked;
    }

    /// <summary>
    /// Admits some, then settles those that got in and admits others: each in a call of its own, or all in one, which has room for so many.
    /// </summary>
    private async Task<AdmissionOutcome[]> JudgedAsync(RedisState state, Order[] earlier, Order[] later, string world, bool together)
    {
        var entered = new List<(AdmissionRequest Request, AdmissionAnswer Answer, long? Used)>();
        foreach (var order in earlier.Take(CallQueue.MaxBatchSize / 4))
        {
            var request = order.For(this, world) with { Nonce = null };
            entered.Add((request, await state.AdmitAsync(request, default), order.Nonce == 0 ? null : order.Nonce));
        }

        var asks = later.Take(CallQueue.MaxBatchSize / 2).Select(order => order.For(this, world)).ToArray();
        if (!together)
        {
            foreach (var (request, answer, used) in entered)
            {
                Assert.True(await state.SettleAsync(request, answer, used, default));
            }

            var outcomes = new List<AdmissionOutcome>();
            foreach (var ask in asks)
            {
                outcomes.Add(await AdmitAsync(state, ask));
            }

            return [.. outcomes];
        }

        var (settled, asked) = await OccupiedAsync(
            [state],
            () =>
                (
                    entered.Select(entry => state.SettleAsync(entry.Request, entry.Answer, entry.Used, default).AsTask()).ToArray(),
                    asks.Select(ask => AdmitAsync(state, ask)).ToArray()
                )
        );
        Assert.All(await Task.WhenAll(settled), Assert.True);
        return await Task.WhenAll(asked);
    }

    private AdmissionRequest Plain() =>
        new()
        {
            Tenant = _tenant,
            RequestId = NewName(),
            Epoch = 0,
        };

    /// <summary>Everything that a request can have, and room for it.</summary>
    private AdmissionRequest Full() =>
        Plain() with
        {
            Nonce = Nonce(NewName()),
            Idempotency = new("agent/" + NewName(), new string('a', 32), Day),
            Rates = [new("wide", new(100_000, Day, 100_000))],
            Concurrency = [new("wide", 100_000)],
            Budgets = [new("wide", new(100_000, Day), 1)],
        };

    private async Task<RedisState> OpenAsync()
    {
        var state = new RedisState(redis.Options(), TimeProvider.System, (_, _) => Task.FromResult(0L));
        await state.PrepareAsync([_tenant], default);
        return state;
    }

    /// <summary>Requests over few nonces, keys and limits, narrow enough that some of each kind are refused.</summary>
    private static Arbitrary<Order[]> Orders()
    {
        var order =
            from nonce in Gen.Choose(0, 6)
            from once in Gen.Choose(0, 8)
            from rate in Gen.Choose(0, 3)
            from slot in Gen.Choose(0, 3)
            from budget in Gen.Choose(0, 3)
            from reserve in Gen.Choose(0, 5)
            select new Order(nonce, once, rate, slot, budget, reserve);
        return order.ArrayOf().ToArbitrary();
    }

    /// <summary>Zero stands for none.</summary>
    private sealed record Order(int Nonce, int Once, int Rate, int Slot, int Budget, int Reserve)
    {
        public AdmissionRequest For(RedisTogetherTests test, string world) =>
            test.Plain() with
            {
                Nonce = Nonce == 0 ? null : RedisTogetherTests.Nonce($"{world}-{Nonce}"),
                Idempotency = Once == 0 ? null : new($"agent/{world}-{Once}", new string('a', 32), Day),
                Rates = Rate == 0 ? [] : [new($"{world}-{Rate}", new(3, Day, 3)), new($"{world}-all", new(12, Day, 12))],
                Concurrency = Slot == 0 ? [] : [new($"{world}-{Slot}", 3)],
                Budgets = Budget == 0 ? [] : [new($"{world}-{Budget}", new(10, Day), Reserve), new($"{world}-all", new(30, Day), Reserve)],
            };
    }
}
