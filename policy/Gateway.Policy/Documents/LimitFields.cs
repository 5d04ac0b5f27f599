using Gateway.Policy.Model;

namespace Gateway.Policy.Documents;

/// <summary>The limits that several kinds have: rates, budgets, concurrency.</summary>
internal static class LimitFields
{
    private const int MaxRequests = 1_000_000;
    private const long MaxTokens = 1_000_000_000_000;
    private const int MaxConcurrency = 10_000;

    private static readonly FieldFormat<TimeSpan> Period = Quantities.Duration(TimeSpan.FromSeconds(1), TimeSpan.FromDays(1));

    private static readonly FieldFormat<TimeSpan> Window = Quantities.Window(
        TimeSpan.FromMinutes(1),
        TimeSpan.FromHours(1),
        TimeSpan.FromDays(1)
    );

    /// <summary>An agent's; each may be <c>none</c>, in so many letters.</summary>
    public static StatedLimits ReadAgentLimits(this MappingReader reader)
    {
        var lifted = LimitKinds.None;
        bool IsLifted(string field, LimitKinds kind)
        {
            var isLifted = reader.Is(field, LimitText.None);
            lifted |= isLifted ? kind : LimitKinds.None;
            return isLifted;
        }

        var rate = IsLifted("rate", LimitKinds.Rate) ? null : reader.ReadRate();
        int? concurrency = IsLifted("concurrency", LimitKinds.Concurrency) ? null : reader.ReadConcurrency();
        var tokens = IsLifted("modelTokens", LimitKinds.ModelTokens) ? null : reader.ReadTokenBudget();
        return new StatedLimits(rate, tokens, concurrency, lifted);
    }

    public static RateLimit? ReadRate(this MappingReader reader) =>
        reader.Section(
            "rate",
            rate =>
            {
                var requests = rate.Required("requests", Formats.Integer(1, MaxRequests));
                var period = rate.Required("period", Period);
                var burst = rate.Optional("burst", Formats.Integer(1, MaxRequests), requests);
                if (burst > requests)
                {
                    rate.Fail("burst", "The burst is over the requests.", "Lower it, or raise the requests.");
                }

                return new RateLimit(requests, period, burst);
            }
        );

    public static TokenBudget? ReadTokenBudget(this MappingReader reader) =>
        reader.Section(
            "modelTokens",
            budget => new TokenBudget(budget.Required("tokens", Formats.Long(1, MaxTokens)), budget.Required("window", Window))
        );

    public static int? ReadConcurrency(this MappingReader reader) =>
        reader.OptionalValue("concurrency", Formats.Integer(1, MaxConcurrency));
}
