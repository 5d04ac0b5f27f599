using System.Globalization;

namespace Gateway.Policy.Model;

/// <summary>Limits as people read them.</summary>
public static class LimitText
{
    /// <summary>Where there is none.</summary>
    public const string None = "none";

    public static string Of(RateLimit? rate) =>
        rate is null
            ? None
            : string.Create(CultureInfo.InvariantCulture, $"{rate.Requests} in {rate.Period.TotalSeconds} s, {rate.Burst} at once");

    public static string Of(TokenBudget? budget) =>
        budget is null ? None : string.Create(CultureInfo.InvariantCulture, $"{budget.Tokens} in {budget.Window.TotalSeconds} s");

    public static string Of(int? concurrency) => concurrency?.ToString(CultureInfo.InvariantCulture) ?? None;

    /// <summary>Each limit of an agent with who says it: <c>rate 600 in 60 s, 600 at once (built-in)</c>.</summary>
    public static IReadOnlyList<string> Of(AgentLimits limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        return
        [
            $"rate {Of(limits.Rate)} ({Of(limits.RateFrom)})",
            $"modelTokens {Of(limits.ModelTokens)} ({Of(limits.ModelTokensFrom)})",
            $"concurrency {Of(limits.Concurrency)} ({Of(limits.ConcurrencyFrom)})",
        ];
    }

    private static string Of(LimitOrigin origin) =>
        origin switch
        {
            LimitOrigin.Agent => "its own",
            LimitOrigin.Tenant => "its tenant's",
            LimitOrigin.BuiltIn => "built-in",
        };
}
