using System.Text.Json;
using System.Text.RegularExpressions;
using Gateway.Cli.Commands;
using Gateway.Testing;

namespace Gateway.Cli.Tests.Readme;

/// <summary>Gait's README, line by line, from an empty folder with examples of our own.</summary>
public sealed partial class GaitReadmeTests : IDisposable
{
    private const string Seed = "seeds/gait-readme.txt";

    private readonly CommandFolder _folder = CommandFolder.Empty();

    /// <summary>The texts and lists of earlier results: <c>gate eval.intent_digest</c>.</summary>
    private readonly Dictionary<string, string> _known = new(StringComparer.Ordinal);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("gateway")]
    [InlineData("gait")]
    public async Task EveryCommandOfTheReadme_AnswersAsItSays(string program)
    {
        Prepare(program);
        (await RunAsync("keys init --out-dir examples/scenarios/keys --prefix approval --json")).Ended(0);
        foreach (var command in ReadmeCommand.All)
        {
            var typed = Braces().Replace(command.Typed, name => _known[name.Groups[1].Value]);
            if (command.IsServer)
            {
                await ServeAsync(typed);
            }
            else
            {
                Compare(command, await RunAsync(typed.Contains(" --json", StringComparison.Ordinal) ? typed : typed + " --json"));
            }

            Assert.All(command.Files, file => Assert.True(File.Exists(_folder.FileOf(file)), $"{command.Readme}: {file}"));
        }
    }

    [Fact]
    public async Task TheDemo_SaysWhatTheReadmeShows()
    {
        var run = (await _folder.RunAsync("demo")).Ended(0);
        Assert.Matches(
            "^run_id=run_demo\nbundle=\\./gait-out/runpack_run_demo\\.zip\n"
                + "ticket_footer=GAIT run_id=run_demo manifest=sha256:[0-9a-f]{64} verify=\"gait verify run_demo\"\nverify=ok\n",
            run.Output
        );
    }

    /// <summary>So that none of them is forgotten.</summary>
    [SharedDataFact(Seed)]
    public async Task EveryCommandOfTheReadme_IsInTheTable()
    {
        var text = (await File.ReadAllTextAsync(Repository.Shared(Seed))).Replace("\\\n", " ", StringComparison.Ordinal);
        var known = ReadmeCommand.All.Select(command => command.Readme).ToHashSet(StringComparer.Ordinal);
        string[] fenced =
        [
            .. text.Split('\n')
                .Where(line => line.StartsWith("gait ", StringComparison.Ordinal))
                .Select(line => Blanks().Replace(line.Split('#')[0], " ").Trim()),
        ];
        Assert.True(fenced.Length > 40, $"only {fenced.Length} commands were found");
        Assert.Empty(fenced.Except(known, StringComparer.Ordinal));
        Assert.Empty(known.Except(fenced, StringComparer.Ordinal));
        Assert.All(
            Inline().Matches(text).Select(match => match.Groups[1].Value),
            mentioned => Assert.Contains(known, command => command.StartsWith(mentioned, StringComparison.Ordinal))
        );
    }

    [Fact]
    public async Task TheExitCodes_AreThoseOfTheReadme_AndALinkSaysItsOwnName()
    {
        Prepare("gait");
        (await RunAsync("regress run --json")).Ended(6);
        (await RunAsync("demo --json")).Ended(0);
        (await RunAsync("regress init --from run_demo --json")).Ended(0);
        var failed = (await RunAsync("regress run --candidate fixtures/run_demo/runpack.zip --json")).Ended(5).Data();
        Assert.NotEmpty(failed.GetProperty("top_failure_reason").GetString()!);
        Assert.NotEmpty(failed.GetProperty("artifact_paths").EnumerateArray());
        Assert.StartsWith("gait run inspect", failed.GetProperty("next_command").GetString(), StringComparison.Ordinal);
        await File.AppendAllTextAsync(_folder.FileOf("gait-out/runpack_run_demo.zip"), "x");
        (await RunAsync("verify run_demo --json")).Ended(2);
    }

    [Fact]
    public async Task ThroughALink_HelpAndHintsNameTheLink()
    {
        Prepare("gait");
        var help = (await RunAsync("verify --help")).Ended(0).Output;
        Assert.Contains("gait verify", help, StringComparison.Ordinal);
        Assert.DoesNotContain("gateway verify", help, StringComparison.Ordinal);
        Assert.Contains("gait [command]", (await RunAsync("--help")).Ended(0).Output, StringComparison.Ordinal);
        Assert.Contains("'gait verify --help'", (await RunAsync("verify --no-such-option")).Ended(6).Error, StringComparison.Ordinal);
        Assert.Contains("next: gait verify run_demo", (await RunAsync("demo")).Ended(0).Output, StringComparison.Ordinal);
        (await RunAsync("keys init")).Ended(0);
        Assert.True(File.Exists(_folder.FileOf("gait-out/keys/gait_private.key")));
        Assert.Contains("complete -o default -F _gait gait", (await RunAsync("completion bash")).Ended(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnExplanation_NeedsNoArguments_AndDoesNothing()
    {
        Assert.Contains("Exit codes:", (await _folder.RunAsync("verify --explain")).Ended(0).Output, StringComparison.Ordinal);
        var data = (await _folder.RunAsync("demo --explain --json")).Ended(0).Data();
        Assert.NotEmpty(data.GetProperty("explanation").GetString()!);
        Assert.False(Directory.Exists(_folder.FileOf("gait-out")));
        Assert.All(
            CommandTree.Build([]).Subcommands.SelectMany(Leaves),
            leaf => Assert.Contains(leaf.Options, option => option.Name == "--explain")
        );
    }

    private static IEnumerable<LeafCommand> Leaves(System.CommandLine.Command command) =>
        command is LeafCommand leaf ? [leaf] : command.Subcommands.SelectMany(Leaves);

    /// <summary>An empty folder, but for the examples.</summary>
    private void Prepare(string program)
    {
        var samples = Path.Combine(Repository.Root, "samples", "gait");
        foreach (var file in Directory.GetFiles(samples, "*", SearchOption.AllDirectories))
        {
            var copy = _folder.FileOf(Path.Combine("examples", Path.GetRelativePath(samples, file)));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        if (program == "gait")
        {
            _folder.Link(program);
        }
    }

    private Task<CommandRun> RunAsync(string typed) => _folder.RunAsync(typed);

    private void Compare(ReadmeCommand command, CommandRun run)
    {
        var data = run.Ended(command.Exit).Data();
        foreach (var field in command.Fields)
        {
            var parts = field.Split('=', 2);
            Assert.True(data.TryGetProperty(parts[0], out var value), $"{command.Readme}: no '{parts[0]}' in {data}");
            Assert.True(
                parts.Length == 1 || Text(value) == parts[1],
                $"{command.Readme}: {parts[0]} is {Text(value)}, not {parts.ElementAtOrDefault(1)}"
            );
        }

        foreach (var member in data.EnumerateObject())
        {
            _known[$"{run.Envelope().GetProperty("command").GetString()}.{member.Name}"] = Text(member.Value);
        }
    }

    private static string Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();

    /// <summary>All three shapes of the answer, from one service.</summary>
    private async Task ServeAsync(string typed)
    {
        using var server = _folder.Start(typed.Split(' '));
        const string Begin = "listening on ";
        var line = await server.StandardError.ReadLineAsync().WaitAsync(TimeSpan.FromMinutes(1));
        Assert.StartsWith(Begin, line, StringComparison.Ordinal);
        using var client = new HttpMessageInvoker(new SocketsHttpHandler { UseProxy = false });
        foreach (var path in new[] { "/v1/evaluate", "/v1/evaluate/sse", "/v1/evaluate/stream" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(line![Begin.Length..] + path))
            {
                Content = new StringContent(
                    $$"""{"call":{{await File.ReadAllTextAsync(_folder.FileOf("examples/mcp/call_read.json"))}}}""",
                    System.Text.Encoding.UTF8,
                    "application/json"
                ),
            };
            using var answer = await client.SendAsync(request, CancellationToken.None);
            var body = await answer.Content.ReadAsStringAsync();
            using var json = JsonDocument.Parse(body[body.IndexOf('{', StringComparison.Ordinal)..]);
            Assert.Equal(
                ("allow", 0, false),
                (
                    json.RootElement.GetProperty("verdict").GetString(),
                    json.RootElement.GetProperty("exit_code").GetInt32(),
                    json.RootElement.GetProperty("executed").GetBoolean()
                )
            );
        }

        server.Kill();
        await server.WaitForExitAsync();
    }

    [GeneratedRegex(@"\{([^}]+)\}")]
    private static partial Regex Braces();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();

    [GeneratedRegex("`(gait [^`]+)`")]
    private static partial Regex Inline();
}
