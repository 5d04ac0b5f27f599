using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Gateway.Gait.Tests.Conformance;
using Gateway.Policy.Documents;
using Gateway.Policy.Rules;
using Gateway.Policy.Rules.Documents;
using Gateway.Policy.Rules.Evaluation;
using Gateway.Policy.Rules.Intents;
using Gateway.Testing;

namespace Gateway.Gait.Tests.Differences;

public sealed class GaitDifferencesTests
{
    private static readonly RuleFacts Facts = new()
    {
        Now = new DateTimeOffset(2026, 6, 1, 0, 0, 0, TimeSpan.Zero),
        KillSwitch = KillSwitch.NotUsed,
    };

    public static TheoryData<DifferenceCase> Cases => [.. DifferenceCases.All];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Difference_IsAsThePageSays(DifferenceCase difference)
    {
        Assert.Equal(difference.Ours, Judge(difference));
        Assert.True(difference.Gait == "error" || GateCases.IsStricter(difference.Ours, difference.Gait));
    }

    [SharedDataFact("gait/derived/known-gap-cases.json")]
    public void EveryKnownGap_IsRefusedHere()
    {
        foreach (var gap in KnownGaps())
        {
            var ours = Judge(gap);
            Assert.True(GateCases.IsStricter(ours, gap.Gait), $"{gap.Id}: {ours}");
            Assert.DoesNotContain(ours, new[] { "allow", "dry_run" });
        }
    }

    [SharedDataFact("gait/index.json")]
    public void Page_ListsExactlyTheCasesThatDiffer()
    {
        var stricter = new GaitConformance(Repository.Shared("gait")).Run()[0].With(CaseStatus.Stricter).Select(result => result.Id);
        string[] differing = [.. DifferenceCases.All.Concat(KnownGaps()).Select(c => c.Id), .. stricter];

        Assert.Equal(differing.Order(StringComparer.Ordinal), PageIds().Order(StringComparer.Ordinal));
    }

    private static string Judge(DifferenceCase difference)
    {
        Assert.True(RulePolicyReader.Read(new SourceFile(difference.Id, difference.Policy)).TryGet(out var policy));
        var outcome = new RuleEngine(policy).Evaluate(IntentReader.Read(Encoding.UTF8.GetBytes(difference.Intent)), Facts);
        return outcome.Errors.Count > 0 ? "error" : RuleVerdicts.Word(outcome.Verdict);
    }

    private static DifferenceCase[] KnownGaps()
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Repository.Shared("gait/derived/known-gap-cases.json")));
        return
        [
            .. document
                .RootElement.GetProperty("cases")
                .EnumerateArray()
                .Select(c => new DifferenceCase(
                    c.Text("id"),
                    c.Text("policy_yaml"),
                    c.GetProperty("intent").GetRawText(),
                    c.Text("gait_verdict_model_derived"),
                    ""
                )),
        ];
    }

    private static IEnumerable<string> PageIds() =>
        Regex
            .Matches(
                File.ReadAllText(Path.Combine(Repository.Root, "docs", "gait-differences.md")),
                @"^\| `([a-z0-9/_-]+)` \|",
                RegexOptions.Multiline
            )
            .Select(match => match.Groups[1].Value);
}
