using Gateway.Policy.Model;
using Gateway.Policy.Rules.Documents;

namespace Gateway.Policy.Documents.Kinds;

/// <summary>Reads <c>kind: Policy</c>: a list of rules in the format of a bare rule file, with conditions and obligations.</summary>
internal static class PolicyDocument
{
    private static readonly WordList<RuleCombine> Combine = new(
        "a way to combine rules",
        ("strictest", RuleCombine.Strictest),
        ("first-tier", RuleCombine.FirstTier)
    );

    public static NamedPolicy Read(DocumentHeader header, MappingReader spec)
    {
        var combine = spec.Optional("combine", Combine.Format, RuleCombine.Strictest);
        spec.Ignore("default_verdict", "fail_closed", "rules");
        var fields = new RuleFields(spec.Node, spec.Path, spec.Context.Errors);
        fields.Ignore(["combine"]);
        var policy = new RulePolicy
        {
            IsOverlay = true,
            Combine = combine,
            // The controls have refused what isn't granted: without a rule there is nothing to add.
            DefaultVerdict = VerdictFields.Read(fields, "default_verdict", "default_action") ?? Verdict.Allow,
            FailClosed = fields.Section("fail_closed", FailClosedSection.Read) ?? new FailClosedSection(),
            Rules = RuleReader.ReadList(fields, "rules", RuleDialect.Gateway),
        };
        spec.FailUnlessPresent("rules", "Add a list of rules.");
        spec.Context.Canonical.WritePropertyName("policy");
        spec.Context.Canonical.WriteRawValue(PolicyCanonicalForm.Write(policy));
        Check(spec, policy);
        return new NamedPolicy(header.Tenant, header.Name.ToString(), policy, header.Source);
    }

    /// <summary>What a rule asks that no door of the gateway could ever give is a mistake, and is said when the document loads.</summary>
    private static void Check(MappingReader spec, RulePolicy policy)
    {
        foreach (var rule in policy.Rules)
        {
            if (rule.RateLimit is not null || rule.DestructiveBudget is not null)
            {
                spec.Fail(
                    "rules",
                    $"The rule '{rule.Name}' has a limit, which a Policy document can't count.",
                    "Set rate or cumulative on the Agent, or rate on the Connector.",
                    rule.Position
                );
            }

            // They are held against targets of kind path, and every call through a door is one of kind url: the rule would never see one.
            if (rule.Endpoint is { PathAllowlist.Count: > 0 } or { PathDenylist.Count: > 0 })
            {
                spec.Fail(
                    "rules",
                    $"The rule '{rule.Name}' has a list of paths, which no call through Gateway is held against.",
                    "Name operations in match.tools, or write a condition on intent.path in when.",
                    rule.Position
                );
            }
        }
    }
}
