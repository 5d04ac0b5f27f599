using Gateway.Authoring.Changes;
using Gateway.Authoring.Questions;
using Gateway.Authoring.Search;
using Gateway.Policy.Documents;
using Gateway.Testing;

namespace Gateway.Authoring.Tests.Explaining;

/// <summary>The page names every kind of change and every field of a question; its example can be asked.</summary>
public sealed class ExplainingPageTests
{
    private static readonly GeneratedPage Page = new("explaining.md");

    [Fact]
    public void Page_ShowsTheChangesOfTheCode() => Page.AssertShows("changes", ChangeTable.ToMarkdown());

    [Fact]
    public void Page_ShowsTheBoundsOfTheCode()
    {
        Assert.Contains($"at most {ChangeSearch.MaxChanges} changes", Page.Text, StringComparison.Ordinal);
        Assert.Contains($"{ChangeSearch.MaxJudged / 1000},000 sets", Page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Page_ItsExample_IsAQuestion() =>
        Assert.Equal(
            "a refund over the limit",
            Assert
                .Single(
                    QuestionReader
                        .Read([new SourceFile("example", Page.Text.Split("```yaml\n")[1].Split("```")[0])], Samples(), default)
                        .Items
                )
                .Name
        );

    [Fact]
    public void Page_NamesEveryFieldOfAQuestion()
    {
        // An unknown field's error lists the known ones.
        var error = QuestionReader
            .Read([new SourceFile("q", "agent: a\nzzzzzzzzzzzz: x\n")], Samples(), default)
            .Errors.Single(e => e.Remedy.Contains("known here", StringComparison.Ordinal));

        Assert.All(
            error.Remedy.Split("known here are: ")[1].TrimEnd('.').Split(", "),
            field => Assert.Contains($"`{field}`", Page.Text, StringComparison.Ordinal)
        );
    }

    private static Gateway.Policy.Compilation.Snapshot Samples() =>
        Gateway
            .Policy.Compilation.SnapshotCompiler.Compile([
                .. Directory
                    .GetFiles(Path.Combine(Repository.Root, "samples", "governance"), "*.yaml")
                    .Select(file => new SourceFile(file, File.ReadAllText(file))),
            ])
            .Value!;
}
