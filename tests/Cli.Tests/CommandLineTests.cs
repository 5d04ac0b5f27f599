using System.CommandLine;
using Gateway.Cli.Commands;

namespace Gateway.Cli.Tests;

public sealed class CommandLineTests : IDisposable
{
    private readonly CommandFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string> Commands => [.. Leaves(CommandTree.Build([])).Select(leaf => leaf.FullName)];

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Help_OfEveryCommand_ShowsAnExampleOfIt(string command)
    {
        var run = (await _folder.RunAsync(command + " --help")).Ended(0);
        Assert.Contains(
            "gateway " + command,
            run.Output[run.Output.IndexOf("Examples:", StringComparison.Ordinal)..],
            StringComparison.Ordinal
        );
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task AnUnknownOption_OfAnyCommand_IsInvalidInputInTheEnvelope(string command)
    {
        var envelope = (await _folder.RunAsync(command + " --no-such-option --json")).Ended(6).Envelope();
        Assert.Equal(command, envelope.GetProperty("command").GetString());
        Assert.Contains("--help", envelope.GetProperty("errors")[0].GetProperty("remedy").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task NoCommand_ShowsTheHelp_AndHalfACommandIsInvalidInput()
    {
        Assert.Contains("serve", (await _folder.RunAsync([])).Ended(0).Output, StringComparison.Ordinal);
        (await _folder.RunAsync("vault")).Ended(6);
        (await _folder.RunAsync("volt list")).Ended(6);
    }

    [Theory]
    [InlineData("policy validate --json >&-", 1)]
    [InlineData("policy validate nowhere --json >&-", 1)]
    [InlineData("policy validate nowhere 2>&-", 1)]
    [InlineData("policy validate --json >&- 2>&-", 1)]
    [InlineData("vault list --help >&-", 1)]
    public async Task AnAnswerThatCanNotBeWritten_IsAFailure_AndNoCrash(string command, int exit)
    {
        var run = (await _folder.RunByShellAsync(command)).Ended(exit);
        Assert.DoesNotContain("Unhandled exception", run.Error + run.Output, StringComparison.Ordinal);
        Assert.True(
            command.Contains("2>&-", StringComparison.Ordinal) || run.Error.Contains("can't be written", StringComparison.Ordinal),
            run.Error
        );
    }

    [Theory]
    [InlineData("vault put --tenant demo --path a --field b")]
    [InlineData("vault put --tenant demo --path a --field b --json")]
    public async Task AnAnswerThatNobodyReadsAnyMore_IsAFailure(string command)
    {
        using var process = _folder.Start(command.Split(' '));
        process.StandardOutput.Close();
        await process.StandardInput.WriteAsync("value"); // It answers when it has read this.
        process.StandardInput.Close();
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(1, process.ExitCode);
        Assert.Contains("can't be written", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Completion_KnowsCommandsOptionsAndKinds()
    {
        Assert.Contains("vault", Lines(await _folder.RunAsync(["[suggest:1]", "v"])));
        Assert.Contains("--agent", Lines(await _folder.RunAsync(["[suggest:28]", "agents credentials create --"])));
        Assert.Contains("p256", Lines(await _folder.RunAsync(["[suggest:33]", "agents credentials create --kind "])));
    }

    [Fact]
    public async Task Settings_CountInTheOrderFileEnvironmentArgument()
    {
        await File.WriteAllTextAsync(_folder.FileOf("appsettings.json"), """{"Gateway": {"Data": {"Path": "from-file"}}}""");
        await _folder.RunAsync("vault put --tenant demo --path a --field b", "value");
        _folder.Settings["Gateway__Data__Path"] = "from-environment";
        await _folder.RunAsync("vault put --tenant demo --path a --field b", "value");
        await _folder.RunAsync("vault put --Gateway:Data:Path=from-argument --tenant demo --path a --field b", "value");
        Assert.All(
            ["from-file", "from-environment", "from-argument"],
            name => Assert.True(File.Exists(Path.Combine(_folder.FileOf(name), "vault", "demo.json")), name)
        );
        Assert.False(Directory.Exists(_folder.Data));
    }

    [Theory]
    [InlineData("--Gateway:Data:Paht=/x")]
    [InlineData("--Gateway:Data:Replicas=many")]
    [InlineData("--Gateway:Data:Path=")]
    public async Task ABadSetting_IsInvalidInput_AndTheDefaultIsNotUsedInstead(string setting)
    {
        (await _folder.RunAsync(["vault", "put", setting, "--tenant", "demo", "--path", "a", "--field", "b", "--json"], "value"))
            .Ended(6)
            .Envelope();
        Assert.False(Directory.Exists(_folder.Data));
    }

    [Fact]
    public async Task ASettingsFileThatIsNoJson_IsInvalidInput()
    {
        await File.WriteAllTextAsync(_folder.FileOf("appsettings.json"), "{");
        (await _folder.RunAsync("vault list --tenant demo --json")).Ended(6).Envelope();
    }

    [Theory]
    [InlineData("vault list --tenant demo --json")]
    [InlineData("config check --json")]
    [InlineData("serve --json")]
    public async Task AFolderOfSettingsThatIsNotThere_IsInvalidInput_AndNamed(string command)
    {
        _folder.Settings["ASPNETCORE_CONTENTROOT"] = _folder.FileOf("nowhere");
        var error = (await _folder.RunAsync(command)).Ended(6).Envelope().GetProperty("errors")[0].GetProperty("message").GetString();
        Assert.Contains("nowhere", error, StringComparison.Ordinal);
        Assert.Contains("ASPNETCORE_CONTENTROOT", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_AreMadeInDevelopmentOnly_AndItSaysSo()
    {
        foreach (
            var key in _folder
                .Settings.Keys.Where(k => k.EndsWith("_KEY", StringComparison.Ordinal) || k.EndsWith("_PEPPER", StringComparison.Ordinal))
                .ToList()
        )
        {
            _folder.Settings.Remove(key);
        }

        (await _folder.RunAsync("vault list --tenant demo")).Ended(6);
        _folder.Settings["DOTNET_ENVIRONMENT"] = "Development";
        var run = (await _folder.RunAsync("vault list --tenant demo --json")).Ended(0);
        run.Envelope();
        Assert.Contains("warning", run.Error, StringComparison.Ordinal);
        Assert.Equal(4, Directory.GetFiles(Path.Combine(_folder.Data, "keys")).Length);
    }

    [Fact]
    public async Task ADamagedStore_FailsWithOneLine()
    {
        Directory.CreateDirectory(Path.Combine(_folder.Data, "store"));
        await File.WriteAllTextAsync(Path.Combine(_folder.Data, "store", "demo.db"), new string('x', 8192));
        (await _folder.RunAsync("agents credentials list --tenant demo --json")).Ended(1).Envelope();
        (await _folder.RunAsync("agents suspend --tenant demo --agent assistant --reason x --json")).Ended(1).Envelope();
    }

    private static IEnumerable<LeafCommand> Leaves(Command command) =>
        command is LeafCommand leaf ? [leaf] : command.Subcommands.SelectMany(Leaves);

    private static string[] Lines(CommandRun run) =>
        run.Ended(0).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
