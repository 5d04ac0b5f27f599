using System.Text.RegularExpressions;
using Gateway.Policy.Compilation;
using Gateway.Policy.Documents;
using Gateway.Policy.Model;
using Gateway.Testing;

namespace Gateway.Policy.Tests.Documentation;

/// <summary>The page's examples are one governance together, so that readers can copy them.</summary>
public sealed partial class GovernancePageTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "governance.md"));

    [Fact]
    public void Page_ItsExamplesTogether_Compile()
    {
        var blocks = Blocks().Matches(Page).Select((m, i) => new SourceFile($"example {i + 1}", m.Groups[1].Value)).ToList();

        var result = SnapshotCompiler.Compile(blocks);

        Assert.True(result.Value is not null, string.Join('\n', result.Errors));
    }

    [Fact]
    public void Page_HasAnExampleOfEveryKind() =>
        Assert.All(DocumentKinds.Names, kind => Assert.Contains($"\nkind: {kind}\n", Page, StringComparison.Ordinal));

    [Fact]
    public void Page_NamesEveryWordOfTheVocabulary() =>
        Assert.All(
            (IEnumerable<string>)
                [
                    .. Vocabulary.Action.Words,
                    .. Vocabulary.Bodies.Words,
                    .. Vocabulary.Risk.Words,
                    .. Vocabulary.Level.Words,
                    .. Vocabulary.Status.Words,
                    .. Vocabulary.Data.Words,
                    .. Vocabulary.Environment.Words,
                    .. Vocabulary.Scope.Words,
                    .. Vocabulary.ConnectorType.Words,
                    .. Vocabulary.Spelling.Words,
                    .. Vocabulary.Unknown.Words,
                    .. Vocabulary.Scenario.Words,
                    .. Vocabulary.Effect.Words,
                    .. Vocabulary.Requirement.Words,
                    .. Vocabulary.Trigger.Words,
                    .. Vocabulary.Day.Words,
                    .. Vocabulary.Entitlement.Words,
                    .. Vocabulary.TriggerEvent.Words,
                    .. Vocabulary.TriggerEffect.Words,
                    .. Vocabulary.TriggerMode.Words,
                    .. Vocabulary.Baseline.Words,
                    .. Vocabulary.ChannelType.Words,
                    .. Vocabulary.NoticeEvent.Words,
                    .. Vocabulary.MailTls.Words,
                    .. ServerRequestWords.All.Words,
                ],
            word => Assert.Contains($"`{word}`", Page, StringComparison.Ordinal)
        );

    [Fact]
    public void Page_HasTheBuiltInLimitsOfTheCode() =>
        new GeneratedPage("governance.md").AssertShows(
            "agent-limits",
            "| limit | built-in |\n| --- | --- |\n"
                + $"| `rate` | {LimitText.Of(StatedLimits.BuiltIn.Rate)} |\n"
                + $"| `modelTokens` | {LimitText.Of(StatedLimits.BuiltIn.ModelTokens)} |\n"
                + $"| `concurrency` | {LimitText.Of(StatedLimits.BuiltIn.Concurrency)} |\n"
        );

    [GeneratedRegex("```yaml\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Blocks();
}
