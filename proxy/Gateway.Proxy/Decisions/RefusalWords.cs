using Gateway.Policy.Model;

namespace Gateway.Proxy.Decisions;

/// <summary>
/// Why an action was refused, in the words of whoever wrote the rules and gates that count: their <c>message</c>. Those who are refused
/// understand it better than any code.
/// </summary>
internal static class RefusalWords
{
    /// <summary>Null where nothing was refused, or nobody wrote any.</summary>
    public static string? Of(Judgement judgement)
    {
        var decision = judgement.Decision;
        if (decision.Verdict is Verdict.Allow or Verdict.Degrade)
        {
            return null;
        }

        List<string>? words = null;
        foreach (var entry in decision.Rules)
        {
            if (entry.Verdict != Verdict.Allow)
            {
                Add(judgement, entry, ref words);
            }
        }

        foreach (var gate in decision.Verdict == Verdict.RequireApproval ? decision.Approvals : [])
        {
            Add(gate.Message, ref words);
        }

        return words is null ? null : string.Join(' ', words);
    }

    private static void Add(Judgement judgement, RuleEntry entry, ref List<string>? words)
    {
        foreach (var policy in judgement.Read.Tenant.Policies.All)
        {
            if (policy.Document.Name != entry.Policy)
            {
                continue;
            }

            foreach (var rule in policy.Document.Rules.Rules)
            {
                if (entry.Rules.Contains(rule.Name))
                {
                    Add(rule.Message, ref words);
                }
            }
        }
    }

    private static void Add(string message, ref List<string>? words)
    {
        if (message.Length > 0 && words?.Contains(message) != true)
        {
            (words ??= []).Add(message);
        }
    }
}
