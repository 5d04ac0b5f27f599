using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Gateway.Policy.Documents;
using Gateway.Policy.Model;
using Gateway.Policy.Rules;
using Gateway.Policy.Rules.Documents;
using Gateway.Policy.Rules.Evaluation;
using Gateway.Policy.Rules.Intents;

namespace Gateway.Policy.Tests.Rules;

public sealed class RulePropertyTests
{
    private static readonly Config Often = Config.QuickThrowOnFailure.WithMaxTest(500).WithEndSize(12);

    [Fact]
    public void Strictest_WithARestrictingRuleMore_IsNeverLaxer() =>
        Prop.ForAll(
                (
                    from policy in RuleGenerators.Policies(RuleCombine.Strictest)
                    from rule in RuleGenerators.Rules
                    from intent in RuleGenerators.Intents
                    where rule.Effect != Verdict.Allow
                    select (policy, rule, intent)
                ).ToArbitrary(),
                c =>
                {
                    var more = c.policy with { Rules = [.. c.policy.Rules, c.rule] };
                    return !RuleGenerators.IsLaxer(Judge(more, c.intent), Judge(c.policy, c.intent));
                }
            )
            .Check(Often);

    [Fact]
    public void Condition_ThatThrows_IsNeverLaxerThanOneThatAnswers() =>
        Prop.ForAll(
                (
                    from combine in Gen.Elements(RuleCombine.Strictest, RuleCombine.FirstTier)
                    from policy in RuleGenerators.Policies(combine)
                    from rule in RuleGenerators.Rules
                    from intent in RuleGenerators.Intents
                    from answer in Gen.Elements(ConditionAnswer.True, ConditionAnswer.False)
                    select (policy, rule, intent, answer)
                ).ToArbitrary(),
                c =>
                {
                    var policy = c.policy with { Rules = [.. c.policy.Rules, c.rule with { Condition = new ConditionText("x", default) }] };
                    var throws = new RuleEngine(policy, _ => (_, _) => throw new InvalidOperationException()).Evaluate(
                        c.intent,
                        Sample.Facts
                    );
                    var answers = new RuleEngine(policy, _ => (_, _) => c.answer).Evaluate(c.intent, Sample.Facts);
                    return throws.Verdict <= answers.Verdict;
                }
            )
            .Check(Often);

    [Fact]
    public void Destructive_InPhaseApply_NeverPassesWithoutApproval() =>
        Prop.ForAll(
                (
                    from policy in RuleGenerators.Policies(RuleCombine.FirstTier)
                    from intent in RuleGenerators.Intents
                    where intent.Targets.Any(target => target.Destructive) && intent.Context.Phase == "apply"
                    select (policy, intent)
                ).ToArbitrary(),
                c => Judge(c.policy, c.intent).Verdict <= Verdict.RequireApproval
            )
            .Check(Often);

    [Fact]
    public void Index_LeavesOutOnlyWhatCannotMatch() =>
        Prop.ForAll(
                (from rule in RuleGenerators.Rules from intent in RuleGenerators.Intents select (rule, intent)).ToArbitrary(),
                c =>
                {
                    var compiled = new CompiledRule(c.rule, null, 0);
                    return compiled.Mask.MayMatch(MatchMask.Of(c.intent))
                        || RuleMatching.Match(compiled, c.intent, everyTarget: false) == RuleFit.No;
                }
            )
            .Check(Often);

    [Fact]
    public void Evaluate_OfTheSame_GivesTheSame() =>
        Prop.ForAll(
                (
                    from policy in RuleGenerators.Policies(RuleCombine.FirstTier)
                    from intent in RuleGenerators.Intents
                    select (policy, intent)
                ).ToArbitrary(),
                c =>
                    Judge(c.policy, c.intent)
                        .ReasonCodes.SequenceEqual(Judge(c.policy with { Rules = [.. c.policy.Rules.Reverse()] }, c.intent).ReasonCodes)
            )
            .Check(Often);

    [Fact]
    public void Clean_NeverLeavesAWayUp() =>
        Prop.ForAll(
                Gen.Elements("/", "..", ".", "a", "\\", "//", "b.", "...").ArrayOf().Select(string.Concat).ToArbitrary(),
                path =>
                {
                    var clean = CleanedPath.ForMatching("/" + path);
                    return clean == CleanedPath.ForMatching(clean)
                        && clean.StartsWith('/')
                        && !clean.Split('/').Contains("..")
                        && !clean.Contains("//", StringComparison.Ordinal);
                }
            )
            .Check(Often);

    [Fact]
    public void Allowlist_NeverLetsAPathOutOfItsFolder() =>
        Prop.ForAll(
                Gen.Elements("/", "..", ".", "a", "\\", "//").ArrayOf().Select(string.Concat).ToArbitrary(),
                path =>
                {
                    var patterns = new EndpointPatterns(new EndpointConstraint { PathAllowlist = ["/safe/**"] });
                    var written = "/safe/" + path;
                    var resolved = System.IO.Path.GetFullPath(written.Replace('\\', '/')).TrimEnd('/');
                    return !patterns.AllowsPath(written, CleanedPath.ForMatching(written))
                        || resolved == "/safe"
                        || resolved.StartsWith("/safe/", StringComparison.Ordinal);
                }
            )
            .Check(Often);

    [Fact]
    public void Readers_OfAnyBytes_NeverThrow() =>
        Prop.ForAll(Gen.Elements(Pieces).ArrayOf().Select(string.Concat).ToArbitrary(), text => IsSound(Encoding.UTF8.GetBytes(text)))
            .Check(Often.WithEndSize(40));

    [Fact]
    public void Readers_OfAnyNoise_NeverThrow() => Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), bytes => IsSound(bytes ?? [])).Check(Often);

    [Fact]
    public void Readers_OfDamagedIntents_NeverThrowAndNeverPass() =>
        Prop.ForAll(
                (
                    from at in Gen.Choose(0, Good.Length - 1)
                    from length in Gen.Choose(0, 8)
                    from piece in Gen.Elements(Pieces)
                    select (at, length, piece)
                ).ToArbitrary(),
                c =>
                {
                    var text = Good.Remove(c.at, Math.Min(c.length, Good.Length - c.at)).Insert(c.at, c.piece);
                    var result = IntentReader.Read(Encoding.UTF8.GetBytes(text));
                    return result.Intent is null == result.Errors.Count > 0;
                }
            )
            .Check(Often);

    private const string Good = """
        {"tool_name":"tool.read","args":{"path":"/a","n":1.5},"targets":[{"kind":"path","value":"/a","operation":"read"}],
        "arg_provenance":[{"arg_path":"a","source":"user"}],"delegation":{"requester_identity":"a","chain":[]},
        "context":{"identity":"a","workspace":"/r","risk_class":"low","sandbox":{"timeout_seconds":5},
        "auth_context":{"context_age_seconds":5}}}
        """;

    /// <summary>What documents and calls are made of, broken in places.</summary>
    internal static readonly string[] Pieces =
    [
        "{",
        "}",
        "[",
        "]",
        "\"",
        ":",
        ",",
        "null",
        "true",
        "-1",
        "1e999",
        "\"tool_name\"",
        "\"args\":",
        "\"targets\":[",
        "\"context\":{",
        "\"script\":{\"steps\":[",
        "\"\\ud800\"",
        "\0",
        "\n",
        "- ",
        "rules: ",
        "name: a",
        "  ",
        "effect: allow",
        "match: {",
        "\"function\":{",
        "\"arguments\":\"{",
        "\\\"",
        "9007199254740993",
        "'",
        "&a",
        "*a",
        "entries: ",
        "\"entries\":[{",
        "endpoint: {path_allowlist: [",
        "freeze_window: {timezone: ",
    ];

    private static bool IsSound(byte[] bytes)
    {
        var text = Encoding.UTF8.GetString(bytes);
        var policy = RulePolicyReader.Read(new SourceFile("x", text));
        var intent = IntentReader.Read(bytes);
        KillSwitchReader.Read(bytes);
        McpTrustSnapshotReader.Read(bytes);
        return policy.Value is null == policy.Errors.Count > 0 && intent.Intent is null == intent.Errors.Count > 0;
    }

    private static RuleOutcome Judge(RulePolicy policy, RuleIntent intent) => new RuleEngine(policy).Evaluate(intent, Sample.Facts);
}
