using System.Text.Json;

namespace Gateway.Policy.Rules.Documents;

/// <summary>A fixed-window limit that must hold before the action goes ahead. It is counted elsewhere.</summary>
/// <param name="Requests">At least 1.</param>
/// <param name="Window"><c>minute</c> or <c>hour</c>, in UTC.</param>
/// <param name="Scope"><c>tool</c>, <c>identity</c> or <c>tool_identity</c>: what shares a counter.</param>
public sealed record LimitDemand(int Requests, string Window, string Scope)
{
    /// <summary>Reads <c>rate_limit</c>. Null without requests: the limit is off.</summary>
    internal static LimitDemand? ReadRateLimit(RuleFields fields)
    {
        var limit = Read(fields);
        return limit.Requests > 0 ? limit : null;
    }

    /// <summary>
    /// Reads <c>destructive_budget</c>. A budget that is mentioned needs a number: one without would count nothing.
    /// </summary>
    internal static LimitDemand? ReadBudget(RuleFields fields)
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

    /// <summary>Its members in the canonical form.</summary>
    internal void Write(Utf8JsonWriter json, string name)
    {
        json.WriteStartObject(name);
        json.WriteNumber("Requests", Requests);
        json.WriteString("Window", Window);
        json.WriteString("Scope", Scope);
        json.WriteEndObject();
    }

    private static LimitDemand Read(RuleFields fields)
    {
        var requests = fields.Number("requests", 0);
        var (window, scope) = (fields.Word("window", RuleWords.LimitWindows), fields.Word("scope", RuleWords.LimitScopes));
        return new LimitDemand(requests, window.Length > 0 ? window : "minute", scope.Length > 0 ? scope : "tool_identity");
    }
}
