namespace Gateway.Policy.Rules.Documents;

/// <summary>Reads <c>rate_limit</c> and <c>destructive_budget</c>.</summary>
internal static class LimitDemandFields
{
    /// <summary>Null without requests: the limit is off.</summary>
    public static LimitDemand? ReadRateLimit(RuleFields fields)
    {
        var limit = Read(fields);
        return limit.Requests > 0 ? limit : null;
    }

    /// <summary>A budget that is mentioned needs a number: one without would count nothing.</summary>
    public static LimitDemand? ReadBudget(RuleFields fields)
    {
        var limit = Read(fields);
        if (limit.Requests > 0)
        {
            return limit;
        }

        if (fields.Has("requests") || fields.Has("window") || fields.Has("scope"))
        {
            fields.Fail("requests", "destructive_budget.requests must be >= 1.", "Add requests: a number.");
        }

        return null;
    }

    private static LimitDemand Read(RuleFields fields)
    {
        var requests = fields.Number("requests", 0);
        var (window, scope) = (fields.Word("window", RuleWords.LimitWindows), fields.Word("scope", RuleWords.LimitScopes));
        return new LimitDemand(requests, window.Length > 0 ? window : "minute", scope.Length > 0 ? scope : "tool_identity");
    }
}
