using Gateway.Testing;

namespace Gateway.Cli.Tests.Readme;

/// <summary>What README.md shows first is the policy that is shipped, and what the command says of a call that it blocks.</summary>
public sealed class FirstScreenTests : IDisposable
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Repository.Root, "README.md"));
    private static readonly string Samples = Path.Combine(Repository.Root, "samples", "governance");

    private readonly CommandFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Policy_IsTheSamples() =>
        Assert.Equal(
            Block("yaml"),
            string.Join('\n', File.ReadAllLines(Path.Combine(Samples, "policies.yaml")).SkipWhile(line => line[0] == '#'))
        );

    [Fact]
    public async Task Explanation_IsTheCommands_OfACallThatThePolicyBlocks()
    {
        await File.WriteAllTextAsync(
            _folder.FileOf("note.yaml"),
            """
            agent: assistant
            connector: crm
            operation: create-note
            args: {text: "The password is hunter2"}
            """
        );

        var run = (await _folder.RunAsync("policy explain governance --intent note.yaml")).Ended(0);

        var said = run.Output.Split('\n');
        Assert.All(Block("text").Split('\n'), line => Assert.Contains(line, said));
    }

    /// <summary>Counted to the end of the explanation, with what stands above it.</summary>
    [Fact]
    public void Both_StandOnTheFirstScreen() => Assert.InRange(Page[..End("text")].Count(c => c == '\n'), 20, 45);

    private static int Start(string language) => Page.IndexOf($"```{language}\n", StringComparison.Ordinal) + language.Length + 4;

    private static int End(string language) => Page.IndexOf("\n```", Start(language), StringComparison.Ordinal);

    private static string Block(string language) => Page[Start(language)..End(language)];
}
