using FsCheck;
using FsCheck.Fluent;
using Gateway.Policy.Model;
using Gateway.Policy.Rules.Documents;
using Gateway.Policy.Rules.Evaluation;
using Gateway.Policy.Rules.Intents;

namespace Gateway.Policy.Tests.Rules;

/// <summary>Random rules and intents over few words, so that they often meet.</summary>
internal static class RuleGenerators
{
    private static readonly string[] Tools = ["tool.read", "tool.write", "tool.exec"];
    private static readonly string[] Risks = ["low", "high", "critical", "hgih"];
    private static readonly string[] Kinds = ["path", "host", "url"];
    private static readonly string[] Values = ["/repo/a", "/repo/../etc", "/repo//a", "api.ok", "API.ok", "https://api.ok/x"];
    private static readonly string[] Sources = ["user", "external"];

    public static Gen<Verdict> Verdicts => Gen.Elements(Verdict.Allow, Verdict.Degrade, Verdict.RequireApproval, Verdict.Block);

    public static Gen<RuleIntent> Intents =>
        from tool in Gen.Elements(Tools)
        from risk in Gen.Elements(Risks)
        from phase in Gen.Elements("plan", "apply")
        from workspace in Gen.Elements("/repo", "/repo-evil", "/repo/../x")
        from targets in Targets
        from source in Gen.Elements(Sources)
        from script in Gen.Frequency((4, Gen.Constant(false)), (1, Gen.Constant(true)))
        select Build(tool, risk, phase, workspace, targets, source, script);

    public static Gen<RuleDefinition> Rules =>
        from name in Gen.Elements("a", "b", "c")
        from priority in Gen.Choose(0, 2)
        from effect in Verdicts
        from match in Matches
        from endpoint in Maybe(Gen.Elements("/repo/**", "/repo/a", "*.ok"))
        from approvals in Gen.Choose(0, 2)
        from limit in Gen.Choose(0, 2)
        from dataflow in Maybe(Gen.Elements(Sources))
        select new RuleDefinition
        {
            Name = name,
            Priority = priority,
            Effect = effect,
            Match = match,
            Approval = new ApprovalDemand(approvals),
            RateLimit = limit == 0 ? null : new LimitDemand(limit, "minute", "tool"),
            Endpoint = endpoint is null ? null : new EndpointConstraint { PathAllowlist = [endpoint], Action = Verdict.RequireApproval },
            Dataflow = dataflow is null ? null : new DataflowConstraint { TaintedSources = [dataflow], Action = Verdict.RequireApproval },
        };

    public static Gen<RulePolicy> Policies(RuleCombine combine) =>
        from verdict in Verdicts
        from rules in Rules.ListOf()
        from closed in Gen.Elements(true, false)
        select new RulePolicy
        {
            Combine = combine,
            DefaultVerdict = verdict,
            FailClosed = new FailClosedSection
            {
                Enabled = closed,
                RiskClasses = ["critical"],
                RequiredFields = ["targets"],
            },
            Rules = [.. rules],
        };

    /// <summary>Laxer in the verdict, or in what else must hold.</summary>
    public static bool IsLaxer(RuleOutcome outcome, RuleOutcome than) =>
        outcome.Verdict > than.Verdict
        || (
            outcome.Verdict == than.Verdict
            && (outcome.Approval.Minimum < than.Approval.Minimum || than.RateLimits.Except(outcome.RateLimits).Any())
        );

    private static RuleIntent Build(string tool, string risk, string phase, string workspace, string[] targets, string source, bool script)
    {
        var provenance = $", \"arg_provenance\": [{{\"arg_path\": \"a\", \"source\": \"{source}\"}}]";
        var steps = script ? ", \"script\": {\"steps\": [{\"tool_name\": \"tool.read\"}, {\"tool_name\": \"tool.exec\"}]}" : "";
        var intent = Sample.Intent(tool, "[" + string.Join(",", targets) + "]", risk, $", \"phase\": \"{phase}\"", provenance + steps);
        return intent with { Context = intent.Context with { Workspace = workspace } };
    }

    private static Gen<RuleMatch> Matches =>
        from tool in Maybe(Gen.Elements(Tools))
        from risk in Maybe(Gen.Elements(Risks))
        from kind in Maybe(Gen.Elements(Kinds))
        from destination in Maybe(Gen.Elements(Kinds))
        from value in Maybe(Gen.Elements(Values))
        from workspace in Maybe(Gen.Elements("/repo", "/repo/"))
        from source in Maybe(Gen.Elements(Sources))
        select new RuleMatch
        {
            ToolNames = List(tool),
            RiskClasses = List(risk),
            WorkspacePrefixes = List(workspace),
            ProvenanceSources = List(source),
            Targets = new TargetMatch
            {
                Kinds = List(kind),
                DestinationKinds = List(destination),
                Values = List(value),
            },
        };

    private static Gen<string[]> Targets =>
        from kinds in Gen.Elements(Kinds).ArrayOf(2)
        from values in Gen.Elements(Values).ArrayOf(2)
        from operation in Gen.Elements("read", "write", "delete")
        from count in Gen.Choose(0, 2)
        select kinds
            .Zip(values, (kind, value) => $"{{\"kind\": \"{kind}\", \"value\": \"{value}\", \"operation\": \"{operation}\"}}")
            .Take(count)
            .ToArray();

    private static Gen<string?> Maybe(Gen<string> gen) =>
        Gen.Frequency((2, Gen.Constant<string?>(null)), (1, gen.Select(text => (string?)text)));

    private static string[] List(string? item) => item is null ? [] : [item];
}
