using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;

namespace Gateway.Connectors.Tests.State;

/// <summary>What one agent may have remembered, and what is held for no longer than somebody renews it.</summary>
public abstract partial class SharedStateContract
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    [Fact]
    public async Task NonceRate_ThatIsUsedUp_RefusesWithoutRememberingTheNonce_AndNobodyElse()
    {
        await using var state = await OpenAsync(Tenant);
        var rate = new RateUse("agent/a/nonces", new(2, Day, 2));
        Assert.Equal(AdmissionOutcome.Admitted, await AdmitAsync(state, Request() with { Nonce = Nonce(), NonceRate = rate }));
        Assert.Equal(AdmissionOutcome.Admitted, await AdmitAsync(state, Request() with { Nonce = Nonce(), NonceRate = rate }));
        var third = Nonce();

        var answer = await state.AdmitAsync(Request() with { Nonce = third, NonceRate = rate }, default);

        Assert.Equal((AdmissionOutcome.RateLimited, rate.Key), (answer.Outcome, answer.Key));
        Assert.True(answer.RetryAfter > TimeSpan.Zero);
        var other = rate with { Key = "agent/b/nonces" };
        Assert.Equal(AdmissionOutcome.Admitted, await AdmitAsync(state, Request() with { Nonce = third, NonceRate = other }));
    }

    [Fact]
    public async Task NonceRate_IsChargedForWhatALimitRefuses_SinceThatNonceIsRememberedToo()
    {
        await using var state = await OpenAsync(Tenant);
        var rate = new RateUse("agent/a/nonces", new(2, Day, 2));
        var over = new BudgetUse("over", new TokenBudget(1, Day), 2);
        AdmissionRequest Refused() => Request() with { Nonce = Nonce(), NonceRate = rate, Budgets = [over] };

        Assert.Equal(AdmissionOutcome.BudgetExhausted, await AdmitAsync(state, Refused()));
        Assert.Equal(AdmissionOutcome.BudgetExhausted, await AdmitAsync(state, Refused()));
        Assert.Equal(AdmissionOutcome.RateLimited, await AdmitAsync(state, Refused()));
    }

    [Fact]
    public async Task NonceRate_IsNotChargedForAReplay()
    {
        await using var state = await OpenAsync(Tenant);
        var rate = new RateUse("agent/a/nonces", new(2, Day, 2));
        var nonce = Nonce();
        await AdmitAsync(state, Request() with { Nonce = nonce, NonceRate = rate });

        Assert.Equal(AdmissionOutcome.Replayed, await AdmitAsync(state, Request() with { Nonce = nonce, NonceRate = rate }));
        Assert.Equal(AdmissionOutcome.Admitted, await AdmitAsync(state, Request() with { Nonce = Nonce(), NonceRate = rate }));
    }

    [Fact]
    public async Task NonceRate_InARace_NeverLetsMoreBeRememberedThanItsBurst()
    {
        await using var state = await OpenAsync(Tenant);
        var rate = new RateUse("agent/a/nonces", new(7, Day, 7));

        var outcomes = await Task.WhenAll(
            Enumerable.Range(0, 60).Select(_ => Task.Run(() => AdmitAsync(state, Request() with { Nonce = Nonce(), NonceRate = rate })))
        );

        Assert.Equal(7, outcomes.Count(o => o == AdmissionOutcome.Admitted));
        Assert.Equal(53, outcomes.Count(o => o == AdmissionOutcome.RateLimited));
    }

    [Fact]
    public async Task Budget_NeverSettled_KeepsWhatIsSureWhenItsLeaseEnds_AndAllOfWhatAnActionDoes()
    {
        await using var state = await OpenAsync(Tenant);
        var budget = new TokenBudget(100, Day);
        var request = Request() with
        {
            Budgets = [new("b", budget, 100, Sure: 30), new("amount", budget, 60, Whole: true)],
            Lease = TimeSpan.FromMilliseconds(500),
        };
        var answer = await state.AdmitAsync(request, default);
        Assert.Equal(AdmissionOutcome.BudgetExhausted, await AdmitAsync(state, Request() with { Budgets = [new("b", budget, 1)] }));

        await PassAsync(TimeSpan.FromMilliseconds(510));

        Assert.Equal(AdmissionOutcome.BudgetExhausted, await AdmitAsync(state, Request() with { Budgets = [new("b", budget, 71)] }));
        Assert.Equal(AdmissionOutcome.BudgetExhausted, await AdmitAsync(state, Request() with { Budgets = [new("amount", budget, 41)] }));
        Assert.True(await state.SettleAsync(request, answer, 0, default)); // Too late: it changes nothing more.
        Assert.Equal(
            AdmissionOutcome.Admitted,
            await AdmitAsync(state, Request() with { Budgets = [new("b", budget, 70), new("amount", budget, 40)] })
        );
    }

    [Fact]
    public async Task Slot_ThatIsRenewed_StaysTakenBeyondItsLease()
    {
        await using var state = await OpenAsync(Tenant);
        var held = Request() with { Concurrency = [new("c", 1)], Lease = TimeSpan.FromMilliseconds(500) };
        var answer = await state.AdmitAsync(held, default);
        Assert.True(await state.RenewAsync(Tenant, [held.RequestId], TimeSpan.FromMinutes(1), default));

        await PassAsync(TimeSpan.FromMilliseconds(510));
        Assert.True(await state.RenewAsync(Tenant, [], TimeSpan.FromMinutes(1), default));
        Assert.Equal(AdmissionOutcome.ConcurrencyLimited, await AdmitAsync(state, held with { RequestId = NewName() }));

        Assert.True(await state.SettleAsync(held, answer, 0, default));
        Assert.True(await state.RenewAsync(Tenant, [held.RequestId], TimeSpan.FromMinutes(1), default)); // What is settled stays free.
        Assert.Equal(AdmissionOutcome.Admitted, await AdmitAsync(state, held with { RequestId = NewName() }));
    }

    [Fact]
    public async Task Renewal_ForNoTime_GivesBackAtOnce_AndOnce()
    {
        await using var state = await OpenAsync(Tenant);
        var budget = new TokenBudget(100, Day);
        var held = Request() with { Concurrency = [new("c", 1)], Budgets = [new("b", budget, 100, Sure: 10)] };
        await AdmitAsync(state, held);
        Assert.Equal(AdmissionOutcome.ConcurrencyLimited, await AdmitAsync(state, held with { RequestId = NewName() }));

        var given = await Task.WhenAll(
            Enumerable
                .Range(0, 20)
                .Select(_ => Task.Run(() => state.RenewAsync(Tenant, [held.RequestId, "nobody's"], TimeSpan.Zero, default).AsTask()))
        );

        Assert.All(given, Assert.True);
        Assert.Equal(AdmissionOutcome.BudgetExhausted, await AdmitAsync(state, Request() with { Budgets = [new("b", budget, 91)] }));
        Assert.Equal(
            AdmissionOutcome.Admitted,
            await AdmitAsync(state, held with { RequestId = NewName(), Budgets = [new("b", budget, 90)] })
        );
    }

    [Fact]
    public async Task SettlementAndEndOfTheLease_InARace_CountOnce()
    {
        await using var state = await OpenAsync(Tenant);
        var budget = new TokenBudget(100, Day);
        for (var round = 0; round < 50; round++)
        {
            var (key, held) = (NewName(), NewName());
            var request = Request() with { RequestId = held, Budgets = [new(key, budget, 100, Sure: 40)] };
            var answer = await state.AdmitAsync(request, default);

            await Task.WhenAll(
                Task.Run(() => state.SettleAsync(request, answer, 40, default).AsTask()),
                Task.Run(() => state.RenewAsync(Tenant, [held], TimeSpan.Zero, default).AsTask())
            );

            Assert.Equal(AdmissionOutcome.BudgetExhausted, await AdmitAsync(state, Request() with { Budgets = [new(key, budget, 61)] }));
            Assert.Equal(AdmissionOutcome.Admitted, await AdmitAsync(state, Request() with { Budgets = [new(key, budget, 60)] }));
        }
    }

    [Fact]
    public async Task Renewal_OfATenantThatWasNeverPrepared_SaysSo()
    {
        await using var state = await OpenAsync(Tenant);

        Assert.False(await state.RenewAsync(NewTenant(), ["r"], TimeSpan.FromSeconds(1), default));
    }
}
