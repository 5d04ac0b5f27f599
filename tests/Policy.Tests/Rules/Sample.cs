using System.Text;
using Gateway.Policy.Documents;
using Gateway.Policy.Rules.Documents;
using Gateway.Policy.Rules.Evaluation;
using Gateway.Policy.Rules.Intents;

namespace Gateway.Policy.Tests.Rules;

/// <summary>Short ways to a policy, an intent and facts.</summary>
internal static class Sample
{
    public static RuleFacts Facts { get; } =
        new() { Now = new DateTimeOffset(2026, 6, 1, 12, 0, 0, TimeSpan.Zero), KillSwitch = KillSwitch.NotUsed };

    public static RulePolicy Policy(string yaml)
    {
        var result = RulePolicyReader.Read(new SourceFile("rules.yaml", yaml));
        Assert.True(result.TryGet(out var policy), string.Join("\n", result.Errors));
        return policy;
    }

    public static string Errors(string yaml) => string.Join("\n", RulePolicyReader.Read(new SourceFile("rules.yaml", yaml)).Errors);

    public static RuleIntent Intent(
        string tool = "tool.read",
        string targets = "[]",
        string risk = "low",
        string context = "",
        string more = ""
    )
    {
        var result = Read(tool, targets, risk, context, more);
        Assert.True(result.TryGet(out var intent), string.Join("\n", result.Errors));
        return intent;
    }

    public static IntentResult Read(
        string tool = "tool.read",
        string targets = "[]",
        string risk = "low",
        string context = "",
        string more = ""
    ) =>
        IntentReader.Read(
            Encoding.UTF8.GetBytes(
                $"{{\"tool_name\": \"{tool}\", \"args\": {{}}, \"targets\": {targets}{more}, "
                    + $"\"context\": {{\"identity\": \"alice\", \"workspace\": \"/repo/app\", \"risk_class\": \"{risk}\"{context}}}}}"
            )
        );

    public static RuleOutcome Judge(string yaml, RuleIntent intent, RuleFacts? facts = null) =>
        new RuleEngine(Policy(yaml)).Evaluate(intent, facts ?? Facts);
}
