using Gateway.Connectors.Contracts;

namespace Gateway.Connectors.State;

/// <summary>
/// Refuses an admission request that no correct caller makes, before it can touch a counter. Such a request is a bug, and so an exception;
/// nothing was consumed.
/// </summary>
internal static class AdmissionValidation
{
    /// <summary>The longest key, key id, nonce or request id, in characters.</summary>
    public const int MaxName = 512;

    /// <summary>The longest lease.</summary>
    public static readonly TimeSpan MaxLease = TimeSpan.FromDays(1);

    /// <exception cref="ArgumentException">Says which part is wrong. Carries no nonce and no key.</exception>
    public static void Validate(AdmissionRequest request)
    {
        Require(!request.Tenant.IsEmpty, "names no tenant");
        Require(IsName(request.RequestId), "has no usable request id");
        Require(request.Epoch >= 0, "has a negative epoch");
        Require(request.Lease > TimeSpan.Zero && request.Lease <= MaxLease, "has a lease that isn't above zero and up to a day");
        CheckNonce(request.Nonce);
        CheckIdempotency(request.Idempotency);
        CheckRates(request.Rates);
        CheckRates(request.NonceRate is { } rate ? [rate] : []);
        Require(request.NonceRate is null || request.Nonce is not null, "has a rate of nonces and no nonce");
        CheckConcurrency(request.Concurrency);
        CheckBudgets(request.Budgets);
    }

    /// <exception cref="ArgumentException">A negative number would give back more than was taken.</exception>
    public static void ValidateUsed(long? tokens) => Require(tokens is null or >= 0, "was settled with a negative number of tokens");

    private static void CheckNonce(NonceUse? nonce)
    {
        if (nonce is not null)
        {
            Require(IsName(nonce.KeyId) && IsName(nonce.Value), "has an empty or overlong key id or nonce");
            Require(
                nonce.Created > DateTimeOffset.UnixEpoch && nonce.Expires > nonce.Created,
                "has a signature that expires before it was made"
            );
        }
    }

    private static void CheckIdempotency(IdempotencyUse? use)
    {
        if (use is not null)
        {
            Require(
                IsName(use.Key) && use.DecisionId.Length == 32 && use.DecisionId.All(char.IsAsciiHexDigitLower),
                "has an unusable idempotency key or decision id"
            );
            Require(
                use.Remember >= TimeSpan.FromSeconds(1) && use.Remember <= TimeSpan.FromDays(7),
                "remembers an idempotency key for less than 1 s or more than 7 days"
            );
        }
    }

    private static void CheckRates(IReadOnlyList<RateUse> rates)
    {
        for (var i = 0; i < rates.Count; i++)
        {
            var (key, limit) = rates[i];
            Require(IsName(key), "has a rate without a usable key");
            Require(limit.Requests is >= 1 and <= 1_000_000, "has a rate outside 1 to 1,000,000 requests");
            Require(limit.Burst >= 1 && limit.Burst <= limit.Requests, "has a burst outside 1 to the rate's requests");
            Require(
                limit.Period >= TimeSpan.FromSeconds(1) && limit.Period <= TimeSpan.FromDays(1),
                "has a rate's period outside 1 s to 1 day"
            );
            for (var j = 0; j < i; j++)
            {
                Require(rates[j].Key != key, "has the same rate key twice");
            }
        }
    }

    private static void CheckConcurrency(IReadOnlyList<ConcurrencyUse> slots)
    {
        for (var i = 0; i < slots.Count; i++)
        {
            Require(IsName(slots[i].Key) && slots[i].Max >= 1, "has a concurrency limit without a usable key or below 1");
            for (var j = 0; j < i; j++)
            {
                Require(slots[j].Key != slots[i].Key, "has the same concurrency key twice");
            }
        }
    }

    private static void CheckBudgets(IReadOnlyList<BudgetUse> budgets)
    {
        for (var i = 0; i < budgets.Count; i++)
        {
            var (key, budget, reserve, _, _) = budgets[i];
            Require(IsName(key), "has a budget without a usable key");
            Require(budget.Tokens is >= 1 and <= 1_000_000_000_000, "has a budget outside 1 to 10^12 tokens");
            Require(reserve is >= 0 and <= 1_000_000_000_000, "reserves outside 0 to 10^12 tokens");
            Require(
                budget.Window >= TimeSpan.FromSeconds(1) && budget.Window <= TimeSpan.FromDays(31),
                "has a budget window outside 1 s to 31 days"
            );
            for (var j = 0; j < i; j++)
            {
                Require(budgets[j].Key != key, "has the same budget key twice");
            }
        }
    }

    private static bool IsName(string? text) => text is { Length: > 0 and <= MaxName };

    private static void Require(bool holds, string problem)
    {
        if (!holds)
        {
            throw new ArgumentException("The admission request " + problem + ".");
        }
    }
}
