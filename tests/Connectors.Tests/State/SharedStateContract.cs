using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;

namespace Gateway.Connectors.Tests.State;

/// <summary>What every shared state must do. Each store runs all of it.</summary>
public abstract partial class SharedStateContract
{
    private static int _names;

    /// <summary>A tenant of the test's own, so that one server serves all tests.</summary>
    protected Id<Tenant> Tenant { get; } = NewTenant();

    /// <summary>The durable store's epochs.</summary>
    protected Dictionary<Id<Tenant>, long> Truth { get; } = [];

    /// <summary>A time by the store's clock that is safely later than when its memory began.</summary>
    protected abstract DateTimeOffset Now { get; }

    protected abstract Task<ISharedState> OpenAsync(params Id<Tenant>[] tenants);

    /// <summary>Lets the store's clock go on by at least this much.</summary>
    protected abstract Task PassAsync(TimeSpan time);

    protected static Id<Tenant> NewTenant() =>
        Id<Tenant>.Parse("tenant-" + Interlocked.Increment(ref _names).ToString(CultureInfo.InvariantCulture));

    protected static string NewName() => "n" + Interlocked.Increment(ref _names).ToString(CultureInfo.InvariantCulture);

    protected Task<long> ReadTruthAsync(Id<Tenant> tenant, CancellationToken cancellationToken)
    {
        lock (Truth)
        {
            return Task.FromResult(Truth.GetValueOrDefault(tenant));
        }
    }

    protected NonceUse Nonce(string? value = null, string key = "key") =>
        new(key, value ?? NewName(), Now, Now + TimeSpan.FromSeconds(120));

    protected AdmissionRequest Request() =>
        new()
        {
            Tenant = Tenant,
            RequestId = NewName(),
            Epoch = 0,
        };

    protected static async Task<AdmissionOutcome> AdmitAsync(ISharedState state, AdmissionRequest request) =>
        (await state.AdmitAsync(request, default)).Outcome;

    /// <summary>
    /// One that was admitted, signed now, so that a memory that begins later doesn't take it; tried until the store is well again.
    /// </summary>
    protected async Task<AdmissionRequest> AdmittedAsync(ISharedState state)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            var now = TimeProvider.System.GetUtcNow();
            var request = Request() with { Nonce = new("key", NewName(), now, now.AddMinutes(2)) };
            if (await AdmitAsync(state, request) == AdmissionOutcome.Admitted)
            {
                return request;
            }

            await Task.Delay(5, limit.Token); // Only so that the waiting leaves the processor to what is waited for.
        }
    }

    [Fact]
    public void AnswerThatNobodyGave_IsUnavailable() => Assert.Equal(AdmissionOutcome.Unavailable, default(AdmissionAnswer).Outcome);

    [Fact]
    public async Task Request_WithoutLimits_IsAdmitted()
    {
        await using var state = await OpenAsync(Tenant);

        Assert.Equal(AdmissionOutcome.Admitted, await AdmitAsync(state, Request()));
        Assert.Equal(AdmissionOutcome.Admitted, await AdmitAsync(state, Request() with { Nonce = Nonce() }));
    }

    [Fact]
    public async Task Tenant_NeverPrepared_IsUnavailable()
    {
        await using var state = await OpenAsync(Tenant);
        var stranger = NewTenant();

        Assert.Equal(AdmissionOutcome.Unavailable, await AdmitAsync(state, Request() with { Tenant = stranger }));
        Assert.False(await state.PublishEpochAsync(stranger, 1, default));
        Assert.Null(await state.ReadEpochAsync(stranger, default));
    }

    [Fact]
    public async Task Prepare_Again_ForgetsNothing()
    {
        await using var state = await OpenAsync(Tenant);
        var nonce = Nonce();
        await AdmitAsync(state, Request() with { Nonce = nonce });

        await state.PrepareAsync([Tenant, NewTenant()], default);

        Assert.Equal(AdmissionOutcome.Replayed, await AdmitAsync(state, Request() with { Nonce = nonce }));
    }

    [Fact]
    public async Task IdempotencyKey_Again_NamesTheEarlierDecision()
    {
        await using var state = await OpenAsync(Tenant);
        var use = new IdempotencyUse("agent/" + NewName(), new string('a', 32), TimeSpan.FromHours(1));

        Assert.Equal(AdmissionOutcome.Admitted, await AdmitAsync(state, Request() with { Idempotency = use }));
        var again = await state.AdmitAsync(Request() with { Idempotency = use with { DecisionId = new string('b', 32) } }, default);

        Assert.Equal((AdmissionOutcome.AlreadyDone, use.DecisionId), (again.Outcome, again.Key));
        Assert.Equal(AdmissionOutcome.Admitted, await AdmitAsync(state, Request() with { Idempotency = use with { Key = use.Key + "x" } }));
    }

    [Fact]
    public async Task IdempotencyKey_OfARequestThatALimitRefused_IsStillFree()
    {
        await using var state = await OpenAsync(Tenant);
        var use = new IdempotencyUse("agent/" + NewName(), new string('a', 32), TimeSpan.FromHours(1));
        var full = new ConcurrencyUse(NewName(), 1);
        await AdmitAsync(state, Request() with { Concurrency = [full] });

        Assert.Equal(
            AdmissionOutcome.ConcurrencyLimited,
            await AdmitAsync(state, Request() with { Concurrency = [full], Idempotency = use })
        );
        Assert.Equal(AdmissionOutcome.Admitted, await AdmitAsync(state, Request() with { Idempotency = use }));
    }

    [Fact]
    public async Task IdempotencyKey_OfARequestThatSentNothing_IsFreeAgain_OnceAndForItAlone()
    {
        await using var state = await OpenAsync(Tenant);
        var use = new IdempotencyUse("agent/" + NewName(), new string('a', 32), TimeSpan.FromHours(1));
        var first = Request() with
        {
            Idempotency = use,
            Concurrency = [new("c", 1)],
            Budgets = [new("b", new TokenBudget(100, TimeSpan.FromDays(1)), 100)],
        };
        var answer = await state.AdmitAsync(first, default);

        Assert.True(await state.SettleAsync(first, answer, null, default));

        var second = first with { RequestId = NewName(), Idempotency = use with { DecisionId = new string('b', 32) } };
        Assert.Equal(AdmissionOutcome.Admitted, await AdmitAsync(state, second));
        Assert.True(await state.SettleAsync(first, answer, null, default)); // Late, and once more: the key is another's now.
        var third = await state.AdmitAsync(Request() with { Idempotency = use with { DecisionId = new string('c', 32) } }, default);
        Assert.Equal((AdmissionOutcome.AlreadyDone, new string('b', 32)), (third.Outcome, third.Key));
    }

    [Fact]
    public async Task IdempotencyKey_OfARequestWithoutLimitsThatSentNothing_IsFreeAgain()
    {
        await using var state = await OpenAsync(Tenant);
        var request = Request() with { Idempotency = new("agent/" + NewName(), new string('a', 32), TimeSpan.FromHours(1)) };

        Assert.True(await state.SettleAsync(request, await state.AdmitAsync(request, default), null, default));

        Assert.Equal(AdmissionOutcome.Admitted, await AdmitAsync(state, request));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task IdempotencyKey_OfWhatMayHaveBeenSent_StaysUsed(long tokensUsed)
    {
        await using var state = await OpenAsync(Tenant);
        var request = Request() with
        {
            Idempotency = new("agent/" + NewName(), new string('a', 32), TimeSpan.FromHours(1)),
            Concurrency = [new("c", 5)],
        };

        Assert.True(await state.SettleAsync(request, await state.AdmitAsync(request, default), tokensUsed, default));

        Assert.Equal(AdmissionOutcome.AlreadyDone, await AdmitAsync(state, request with { RequestId = NewName() }));
    }

    [Fact]
    public async Task IdempotencyKey_InARace_IsAdmittedOnce()
    {
        await using var state = await OpenAsync(Tenant);
        var use = new IdempotencyUse("agent/" + NewName(), new string('a', 32), TimeSpan.FromHours(1));

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => AdmitAsync(state, Request() with { Idempotency = use })));

        Assert.Single(outcomes, AdmissionOutcome.Admitted);
        Assert.Equal(49, outcomes.Count(o => o == AdmissionOutcome.AlreadyDone));
    }

    [Fact]
    public async Task Nonce_Again_IsReplayed()
    {
        await using var state = await OpenAsync(Tenant);
        var nonce = Nonce();

        Assert.Equal(AdmissionOutcome.Admitted, await AdmitAsync(state, Request() with { Nonce = nonce }));
        Assert.Equal(AdmissionOutcome.Replayed, await AdmitAsync(state, Request() with { Nonce = nonce }));
        Assert.Equal(
            AdmissionOutcome.Replayed,
            await AdmitAsync(state, Request() with { Nonce = nonce with { Expires = nonce.Expires.AddSeconds(1) } })
        );
    }

    [Fact]
    public async Task Nonce_OfOtherTenantOrOtherKey_Passes()
    {
        var other = NewTenant();
        await using var state = await OpenAsync(Tenant, other);
        var nonce = Nonce("same", "a");

        Assert.Equal(AdmissionOutcome.Admitted, await AdmitAsync(state, Request() with { Nonce = nonce }));
        Assert.Equal(AdmissionOutcome.Admitted, await AdmitAsync(state, Request() with { Tenant = other, Nonce = nonce }));
        Assert.Equal(AdmissionOutcome.Admitted, await AdmitAsync(state, Request() with { Nonce = nonce with { KeyId = "b" } }));
    }

    [Fact]
    public async Task Nonce_WhoseJoinedNameIsTheSame_Passes()
    {
        await using var state = await OpenAsync(Tenant);

        Assert.Equal(AdmissionOutcome.Admitted, await AdmitAsync(state, Request() with { Nonce = Nonce("b:c", "a") }));
        Assert.Equal(AdmissionOutcome.Admitted, await AdmitAsync(state, Request() with { Nonce = Nonce("c", "a:b") }));
    }

    [Fact]
    public async Task EqualNonces_AtOnce_OneIsAdmitted()
    {
        await using var state = await OpenAsync(Tenant);

        for (var round = 0; round < 300; round++)
        {
            var nonce = Nonce();
            var (first, second) = (Request() with { Nonce = nonce }, Request() with { Nonce = nonce });

            var outcomes = await Task.WhenAll(Task.Run(() => AdmitAsync(state, first)), Task.Run(() => AdmitAsync(state, second)));

            Assert.Equal([AdmissionOutcome.Admitted, AdmissionOutcome.Replayed], outcomes.Order());
        }
    }

    [Fact]
    public async Task Signature_FromBeforeTheMemoryBegan_IsRefusedAndSaysWhenToSignAnew()
    {
        await using var state = await OpenAsync(Tenant);
        var early = Nonce() with { Created = Now.AddMinutes(-1) };

        var answer = await state.AdmitAsync(Request() with { Nonce = early }, default);

        Assert.Equal(AdmissionOutcome.CreatedTooEarly, answer.Outcome);
        Assert.InRange(answer.RetryAfter, TimeSpan.Zero, TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Signature_ThatHasExpired_IsNotAdmitted()
    {
        await using var state = await OpenAsync(Tenant);
        var nonce = Nonce();
        await PassAsync(TimeSpan.FromMilliseconds(20));
        var expired = nonce with { Created = DateTimeOffset.UnixEpoch.AddDays(1), Expires = DateTimeOffset.UnixEpoch.AddDays(2) };

        Assert.NotEqual(AdmissionOutcome.Admitted, await AdmitAsync(state, Request() with { Nonce = expired }));
    }

    [Fact]
    public async Task Nonce_StaysConsumed_WhenALimitRefuses()
    {
        await using var state = await OpenAsync(Tenant);
        var nonce = Nonce();
        var tooMuch = new BudgetUse("b", new TokenBudget(10, TimeSpan.FromHours(1)), 11);

        Assert.Equal(AdmissionOutcome.BudgetExhausted, await AdmitAsync(state, Request() with { Nonce = nonce, Budgets = [tooMuch] }));
        Assert.Equal(AdmissionOutcome.Replayed, await AdmitAsync(state, Request() with { Nonce = nonce }));
    }

    [Fact]
    public async Task Epoch_BehindTheShared_IsStaleAndConsumesNothing()
    {
        await using var state = await OpenAsync(Tenant);
        var request = Request() with { Nonce = Nonce(), Epoch = 4 };
        Assert.True(await state.PublishEpochAsync(Tenant, 5, default));

        var answer = await state.AdmitAsync(request, default);

        Assert.Equal((AdmissionOutcome.Stale, 5), (answer.Outcome, answer.Epoch));
        Assert.Equal(AdmissionOutcome.Admitted, await AdmitAsync(state, request with { Epoch = 5 }));
    }

    [Fact]
    public async Task Epoch_NeverFalls()
    {
        await using var state = await OpenAsync(Tenant);

        Assert.True(await state.PublishEpochAsync(Tenant, 7, default));
        Assert.True(await state.PublishEpochAsync(Tenant, 3, default));

        Assert.Equal(7, await state.ReadEpochAsync(Tenant, default));
    }

    [Fact]
    public async Task Epoch_AtFirst_IsTheDurableStores()
    {
        Truth[Tenant] = 9;
        await using var state = await OpenAsync(Tenant);

        Assert.Equal(9, await state.ReadEpochAsync(Tenant, default));
        Assert.Equal(AdmissionOutcome.Stale, await AdmitAsync(state, Request() with { Epoch = 8 }));
    }

    [Fact]
    public async Task Rate_AdmitsTheBurst_ThenSaysWhenItWouldAdmit()
    {
        await using var state = await OpenAsync(Tenant);
        var request = Request() with
        {
            Rates = [new("wide", new(1000, TimeSpan.FromSeconds(1), 1000)), new("narrow", new(2, TimeSpan.FromHours(1), 2))],
        };

        Assert.Equal(AdmissionOutcome.Admitted, await AdmitAsync(state, request));
        Assert.Equal(AdmissionOutcome.Admitted, await AdmitAsync(state, request));
        var answer = await state.AdmitAsync(request, default);

        Assert.Equal((AdmissionOutcome.RateLimited, "narrow"), (answer.Outcome, answer.Key));
        Assert.InRange(answer.RetryAfter, TimeSpan.FromMinutes(29), TimeSpan.FromMinutes(30));
    }

    [Fact]
    public async Task Rate_AfterItsRetryAfter_Admits()
    {
        await using var state = await OpenAsync(Tenant);
        var request = Request() with { Rates = [new("r", new(2, TimeSpan.FromSeconds(1), 1))] };
        Assert.Equal(AdmissionOutcome.Admitted, await AdmitAsync(state, request));
        var refused = await state.AdmitAsync(request, default);
        Assert.Equal(AdmissionOutcome.RateLimited, refused.Outcome);

        await PassAsync(refused.RetryAfter + TimeSpan.FromMilliseconds(2));

        Assert.Equal(AdmissionOutcome.Admitted, await AdmitAsync(state, request));
    }

    [Fact]
    public async Task Rate_InARush_NeverAdmitsMoreThanItsBurstAndWhatTimeGives()
    {
        await using var state = await OpenAsync(Tenant);
        var limit = new RateLimit(50, TimeSpan.FromSeconds(1), 10);
        var watch = System.Diagnostics.Stopwatch.StartNew();

        var outcomes = await Task.WhenAll(
            Enumerable.Range(0, 200).Select(_ => Task.Run(() => AdmitAsync(state, Request() with { Rates = [new("r", limit)] })))
        );

        var most = limit.Burst + (watch.Elapsed.TotalSeconds * limit.Requests) + 1;
        Assert.InRange(outcomes.Count(o => o == AdmissionOutcome.Admitted), limit.Burst, (int)most);
        Assert.DoesNotContain(AdmissionOutcome.Unavailable, outcomes);
    }

    [Fact]
    public async Task OneLimitThatRefuses_LeavesTheOthersUncharged()
    {
        await using var state = await OpenAsync(Tenant);
        var rate = new RateUse("r", new(1, TimeSpan.FromDays(1), 1));
        var slot = new ConcurrencyUse("c", 1);
        var budget = new BudgetUse("b", new TokenBudget(10, TimeSpan.FromDays(1)), 10);
        var over = new BudgetUse("over", new TokenBudget(1, TimeSpan.FromDays(1)), 2);

        Assert.Equal(
            AdmissionOutcome.BudgetExhausted,
            await AdmitAsync(state, Request() with { Rates = [rate], Concurrency = [slot], Budgets = [budget, over] })
        );
        Assert.Equal(
            AdmissionOutcome.Admitted,
            await AdmitAsync(state, Request() with { Rates = [rate], Concurrency = [slot], Budgets = [budget] })
        );
    }

    [Fact]
    public async Task Slots_AllTaken_RefuseUntilOneIsSettled()
    {
        await using var state = await OpenAsync(Tenant);
        var use = new ConcurrencyUse("c", 2);
        var first = Request() with { Concurrency = [use] };
        var admitted = await state.AdmitAsync(first, default);
        await AdmitAsync(state, Request() with { Concurrency = [use] });

        var refused = await state.AdmitAsync(Request() with { Concurrency = [use] }, default);
        Assert.Equal((AdmissionOutcome.ConcurrencyLimited, "c"), (refused.Outcome, refused.Key));
        Assert.True(refused.RetryAfter > TimeSpan.Zero);

        Assert.True(await state.SettleAsync(first, admitted, 0, default));
        Assert.Equal(AdmissionOutcome.Admitted, await AdmitAsync(state, Request() with { Concurrency = [use] }));
        Assert.Equal(AdmissionOutcome.ConcurrencyLimited, await AdmitAsync(state, Request() with { Concurrency = [use] }));
    }

    [Fact]
    public async Task Slot_NeverSettled_ComesBackWhenItsLeaseEnds()
    {
        await using var state = await OpenAsync(Tenant);
        var request = Request() with { Concurrency = [new("c", 1)], Lease = TimeSpan.FromMilliseconds(500) };
        Assert.Equal(AdmissionOutcome.Admitted, await AdmitAsync(state, request));
        Assert.Equal(AdmissionOutcome.ConcurrencyLimited, await AdmitAsync(state, request with { RequestId = NewName() }));

        await PassAsync(TimeSpan.FromMilliseconds(510));

        Assert.Equal(AdmissionOutcome.Admitted, await AdmitAsync(state, request with { RequestId = NewName() }));
    }

    [Fact]
    public async Task Slots_InARush_AreNeverMoreThanTheLimit()
    {
        await using var state = await OpenAsync(Tenant);

        var outcomes = await Task.WhenAll(
            Enumerable.Range(0, 100).Select(_ => Task.Run(() => AdmitAsync(state, Request() with { Concurrency = [new("c", 7)] })))
        );

        Assert.Equal(7, outcomes.Count(o => o == AdmissionOutcome.Admitted));
    }

    [Fact]
    public async Task Budgets_UnderParallelReserves_AreNeverExceeded()
    {
        await using var state = await OpenAsync(Tenant);
        var use = new BudgetUse("b", new TokenBudget(100, TimeSpan.FromDays(1)), 7);

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 60).Select(_ => Task.Run(() => state.AdmitAsync(Request() with { Budgets = [use] }, default).AsTask()))
        );

        Assert.Equal(14, answers.Count(a => a.Outcome == AdmissionOutcome.Admitted));
        var refused = answers.First(a => a.Outcome == AdmissionOutcome.BudgetExhausted);
        Assert.Equal("b", refused.Key);
        Assert.InRange(refused.RetryAfter, TimeSpan.FromTicks(1), TimeSpan.FromDays(1));
    }

    [Fact]
    public async Task Budget_IsCorrectedToWhatWasUsed_AndOnlyOnce()
    {
        await using var state = await OpenAsync(Tenant);
        var budget = new TokenBudget(100, TimeSpan.FromDays(1));
        var request = Request() with { Budgets = [new("b", budget, 90)] };
        var answer = await state.AdmitAsync(request, default);
        Assert.Equal(AdmissionOutcome.BudgetExhausted, await AdmitAsync(state, Request() with { Budgets = [new("b", budget, 11)] }));

        Assert.True(await state.SettleAsync(request, answer, 40, default));
        Assert.True(await state.SettleAsync(request, answer, 40, default));

        Assert.Equal(AdmissionOutcome.BudgetExhausted, await AdmitAsync(state, Request() with { Budgets = [new("b", budget, 61)] }));
        Assert.Equal(AdmissionOutcome.Admitted, await AdmitAsync(state, Request() with { Budgets = [new("b", budget, 60)] }));
    }

    [Fact]
    public async Task Budget_OfWhatAnActionDoes_IsKeptWholeWhenSentAndGivenBackWhenNot()
    {
        await using var state = await OpenAsync(Tenant);
        var budget = new TokenBudget(100, TimeSpan.FromDays(1));
        var sent = Request() with { Budgets = [new("amount", budget, 60, Whole: true), new("calls", budget, 1, Whole: true)] };
        Assert.True(await state.SettleAsync(sent, await state.AdmitAsync(sent, default), 1, default));
        var notSent = Request() with { Budgets = [new("amount", budget, 40, Whole: true)] };
        var answer = await state.AdmitAsync(notSent, default);
        Assert.Equal(
            AdmissionOutcome.BudgetExhausted,
            await AdmitAsync(state, Request() with { Budgets = [new("amount", budget, 1, Whole: true)] })
        );

        Assert.True(await state.SettleAsync(notSent, answer, 0, default));

        Assert.Equal(
            AdmissionOutcome.BudgetExhausted,
            await AdmitAsync(state, Request() with { Budgets = [new("amount", budget, 41, Whole: true)] })
        );
        Assert.Equal(
            AdmissionOutcome.Admitted,
            await AdmitAsync(state, Request() with { Budgets = [new("amount", budget, 40, Whole: true)] })
        );
        Assert.Equal(
            AdmissionOutcome.Admitted,
            await AdmitAsync(state, Request() with { Budgets = [new("calls", budget, 99, Whole: true)] })
        );
    }

    [Fact]
    public async Task Budget_SettledByManyAtOnce_IsCorrectedOnce()
    {
        await using var state = await OpenAsync(Tenant);
        var budget = new TokenBudget(100, TimeSpan.FromDays(1));
        var request = Request() with { Budgets = [new("b", budget, 90)] };
        var answer = await state.AdmitAsync(request, default);

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => state.SettleAsync(request, answer, 80, default).AsTask())));

        Assert.Equal(AdmissionOutcome.BudgetExhausted, await AdmitAsync(state, Request() with { Budgets = [new("b", budget, 21)] }));
        Assert.Equal(AdmissionOutcome.Admitted, await AdmitAsync(state, Request() with { Budgets = [new("b", budget, 20)] }));
    }

    [Fact]
    public async Task Budget_OfWhichMoreWasUsedThanReserved_IsChargedWithAll()
    {
        await using var state = await OpenAsync(Tenant);
        var budget = new TokenBudget(100, TimeSpan.FromDays(1));
        var request = Request() with { Budgets = [new("b", budget, 10)] };

        await state.SettleAsync(request, await state.AdmitAsync(request, default), 150, default);

        Assert.Equal(AdmissionOutcome.BudgetExhausted, await AdmitAsync(state, Request() with { Budgets = [new("b", budget, 0)] }));
    }

    [Fact]
    public async Task Budget_InItsNextWindow_IsWhole_AndALateSettlementTouchesNothing()
    {
        await using var state = await OpenAsync(Tenant);
        var budget = new TokenBudget(100, TimeSpan.FromSeconds(1));
        var request = Request() with { Budgets = [new("b", budget, 100)] };
        var answer = await state.AdmitAsync(request, default);

        await PassAsync(TimeSpan.FromMilliseconds(1001));
        await state.SettleAsync(request, answer, 0, default);
        var next = await Task.WhenAll(
            Enumerable
                .Range(0, 2)
                .Select(_ => AdmitAsync(state, Request() with { Budgets = [new("b", new TokenBudget(100, TimeSpan.FromSeconds(1)), 60)] }))
        );

        Assert.Contains(AdmissionOutcome.Admitted, next);
    }

    [Fact]
    public async Task Settlement_OfWhatWasNotAdmitted_ChangesNothing()
    {
        await using var state = await OpenAsync(Tenant);
        var budget = new TokenBudget(100, TimeSpan.FromDays(1));
        var charged = Request() with { Budgets = [new("b", budget, 100)] };
        var admitted = await state.AdmitAsync(charged, default);
        var refused = Request() with { Budgets = [new("b", budget, 50)] };

        Assert.True(await state.SettleAsync(refused, await state.AdmitAsync(refused, default), 0, default));
        Assert.True(await state.SettleAsync(refused, admitted, 0, default));

        Assert.Equal(AdmissionOutcome.BudgetExhausted, await AdmitAsync(state, Request() with { Budgets = [new("b", budget, 1)] }));
    }

    [Fact]
    public async Task Request_ThatIsMalformed_ThrowsAndConsumesNothing()
    {
        await using var state = await OpenAsync(Tenant);
        var good = Request() with { Nonce = Nonce() };
        AdmissionRequest[] bad =
        [
            good with
            {
                RequestId = "",
            },
            good with
            {
                Epoch = -1,
            },
            good with
            {
                Lease = TimeSpan.Zero,
            },
            good with
            {
                NonceRate = new("", new(1, TimeSpan.FromSeconds(1), 1)),
            },
            good with
            {
                NonceRate = new("n", new(0, TimeSpan.FromSeconds(1), 0)),
            },
            good with
            {
                Nonce = null,
                NonceRate = new("n", new(1, TimeSpan.FromSeconds(1), 1)),
            },
            good with
            {
                Tenant = default,
            },
            good with
            {
                Nonce = good.Nonce! with { Value = "" },
            },
            good with
            {
                Nonce = good.Nonce! with { Expires = good.Nonce.Created },
            },
            good with
            {
                Rates = [new("", new(1, TimeSpan.FromSeconds(1), 1))],
            },
            good with
            {
                Rates = [new("r", new(0, TimeSpan.FromSeconds(1), 0))],
            },
            good with
            {
                Rates = [new("r", new(1, TimeSpan.FromSeconds(1), 1)), new("r", new(1, TimeSpan.FromSeconds(1), 1))],
            },
            good with
            {
                Concurrency = [new("c", 0)],
            },
            good with
            {
                Budgets = [new("b", new(1, TimeSpan.FromHours(1)), -1)],
            },
            good with
            {
                Budgets = [new("b", new(1, TimeSpan.Zero), 1)],
            },
        ];

        foreach (var request in bad)
        {
            await Assert.ThrowsAsync<ArgumentException>(() => AdmitAsync(state, request));
        }

        await Assert.ThrowsAsync<ArgumentException>(async () => await state.SettleAsync(good, default, -1, default));
        Assert.Equal(AdmissionOutcome.Admitted, await AdmitAsync(state, good));
    }

    [Fact]
    public async Task Limits_ForAnySequenceOfUses_AgreeWithASimpleCount()
    {
        await using var state = await OpenAsync(Tenant);
        var uses = Gen.Choose(0, 40).ListOf(30).ToArbitrary();

        Prop.ForAll(
                uses,
                reserves =>
                {
                    var key = NewName();
                    var left = 200L;
                    foreach (var reserve in reserves)
                    {
                        var outcome = AdmitAsync(
                                state,
                                Request() with
                                {
                                    Budgets = [new(key, new TokenBudget(200, TimeSpan.FromDays(1)), reserve)],
                                }
                            )
                            .GetAwaiter()
                            .GetResult();
                        var fits = reserve <= left;
                        left -= fits ? reserve : 0;
                        Assert.Equal(fits ? AdmissionOutcome.Admitted : AdmissionOutcome.BudgetExhausted, outcome);
                    }
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(20));
    }
}
