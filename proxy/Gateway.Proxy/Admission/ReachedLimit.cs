using System.Globalization;
using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;

namespace Gateway.Proxy.Admission;

/// <summary>Which of its limits a request ran into, by what the shared state answered.</summary>
internal static class ReachedLimit
{
    /// <summary>A budget refuses what would exceed it; one of tokens says what the call had asked of it.</summary>
    /// <param name="retry">When the window ends. No help to a call that wants more than the whole budget.</param>
    public static Refusal OfBudget(AdmissionRequest request, AdmissionAnswer answer, TimeSpan? retry)
    {
        BudgetUse? reached = null;
        foreach (var use in request.Budgets)
        {
            reached ??= use.Key == answer.Key ? use : null;
        }

        return new(
            reached is { Whole: true } ? ReasonCode.CumulativeLimitReached : ReasonCode.BudgetExhausted,
            reached is { Whole: false } ? TokensOf(reached) : null,
            Note: answer.Key,
            RetryAfter: reached is { Whole: false } && reached.Reserve > reached.Budget.Tokens ? null : retry,
            Limit: reached is null ? null : new LimitReached(reached.Key, reached.Budget.Tokens, reached.Budget.Window)
        );
    }

    /// <summary>Null where the answer names none that the request has.</summary>
    public static LimitReached? RateOf(AdmissionRequest request, AdmissionAnswer answer)
    {
        foreach (var use in request.NonceRate is { } nonces ? [.. request.Rates, nonces] : request.Rates)
        {
            if (use.Key == answer.Key)
            {
                return new LimitReached(use.Key, use.Limit.Requests, use.Limit.Period);
            }
        }

        return null;
    }

    /// <summary>Most of it is the longest answer that the call allows: without the numbers nobody sees why it didn't fit.</summary>
    private static string TokensOf(BudgetUse use)
    {
        var whose = use.Key == "tenant" ? "tenant's" : "agent's";
        var left = use.Reserve > use.Budget.Tokens ? "" : ", of which less is left until calls under way end or the window does";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"It sets {use.Reserve} tokens aside, for its text and the longest answer that it allows; the {whose} budget is "
                + $"{use.Budget.Tokens} in {(long)use.Budget.Window.TotalSeconds} s{left}."
        );
    }
}
