using System.Text.Json;
using Gateway.Policy.Model;
using Gateway.Policy.Rules;
using Gateway.Policy.Rules.Documents;

namespace Gateway.Gait.Tests.Conformance;

/// <summary>Rule files that must be refused or accepted.</summary>
internal static class ParseCases
{
    public static IReadOnlyList<CaseResult> Run(Corpus corpus) => [.. corpus.Cases("policy_parse_cases").Select(c => Run(corpus, c))];

    private static CaseResult Run(Corpus corpus, JsonElement c)
    {
        var id = c.Text("id");
        if (!corpus.Has(c.Text("policy")))
        {
            return new CaseResult(id, CaseStatus.OutOfScope, "the file isn't in the folder");
        }

        var result = corpus.Policy(c.Text("policy"));
        return CaseResult.Of(id, c.Text("expected") == "reject" ? Rejected(c, result) : Accepted(c, result));
    }

    private static string? Rejected(JsonElement c, Validated<RulePolicy> result)
    {
        var errors = string.Join("\n", result.Errors);
        var missing = c.Texts("expected_error_contains").FirstOrDefault(text => !errors.Contains(text, StringComparison.Ordinal));
        return result.Value is not null ? "It was accepted."
            : missing is not null ? $"'{missing}' isn't in: {errors}"
            : null;
    }

    private static string? Accepted(JsonElement c, Validated<RulePolicy> result)
    {
        if (!result.TryGet(out var policy))
        {
            return string.Join("\n", result.Errors);
        }

        var digest = c.Get("model_derived")?.Text("policy_digest") ?? "";
        var actual = PolicyCanonicalForm.Digest(policy).ToString();
        return digest.Length > 0 && digest != actual ? $"digest {actual}, not {digest}" : CompareFields(c, policy);
    }

    private static string? CompareFields(JsonElement c, RulePolicy policy) =>
        c.Get("expected_normalised") is not { } fields
            ? null
            : fields
                .EnumerateObject()
                .Select(field =>
                    CompareField(field.Name, string.Concat(field.Value.ToString().Where(ch => !char.IsWhiteSpace(ch))), policy)
                )
                .FirstOrDefault(failure => failure is not null);

    private static string? CompareField(string name, string expected, RulePolicy policy)
    {
        var actual = name switch
        {
            "schema_id" => RulePolicy.SchemaId,
            "schema_version" => RulePolicy.SchemaVersion,
            "default_verdict" => RuleVerdicts.Word(policy.DefaultVerdict),
            "fail_closed.enabled" => policy.FailClosed.Enabled.ToString(),
            "fail_closed.risk_classes" => List(policy.FailClosed.RiskClasses),
            "rule_order" => List([.. policy.Rules.Select(rule => rule.Name)]),
            _ => Rule(name, policy),
        };
        return actual == expected ? null : $"{name}: {actual}, not {expected}";
    }

    private static string Rule(string name, RulePolicy policy)
    {
        var rule = policy.Rules[name[6] - '0'];
        return name[9..] switch
        {
            "effect" => RuleVerdicts.Word(rule.Effect),
            "match.tool_names" => List(rule.Match.ToolNames),
            "match.workspace_prefixes" => List(rule.Match.WorkspacePrefixes),
            "match.endpoint_classes" => List(rule.Match.Targets.EndpointClasses),
            "match.discovery_methods" => List(rule.Match.Targets.DiscoveryMethods),
            "match.tool_annotations.destructiveHint" => rule.Match.Targets.DestructiveHint.ToString()!,
            "destructive_budget.requests" => rule.DestructiveBudget!.Requests.ToString(null as IFormatProvider),
            "destructive_budget.window" => rule.DestructiveBudget!.Window,
            "destructive_budget.scope" => rule.DestructiveBudget!.Scope,
            "min_approvals" => rule.Approval.Minimum.ToString(null as IFormatProvider),
            "require_distinct_approvers" => rule.Approval.DistinctApprovers.ToString(),
            _ => "unknown field",
        };
    }

    private static string List(IReadOnlyList<string> items) => "[" + string.Join(",", items.Select(item => $"\"{item}\"")) + "]";
}
