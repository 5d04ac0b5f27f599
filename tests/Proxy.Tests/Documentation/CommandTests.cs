using System.Diagnostics;
using System.Text.RegularExpressions;
using Gateway.Connectors.Vaults;
using Gateway.Proxy.Tests.Architecture;
using Gateway.Testing;

namespace Gateway.Proxy.Tests.Documentation;

/// <summary>
/// The commands of the documentation. A block of shell is run here, in a folder of its own that has <c>governance</c>, <c>token.txt</c> and
/// <c>gateway.env</c>, or it is named below with what covers it.
/// </summary>
public sealed partial class CommandTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);

    /// <summary>Blocks by page and beginning that can't run by themselves.</summary>
    private static readonly Dictionary<string, string> CoveredElsewhere = new()
    {
        ["README.md: make run"] =
            "Holds port 8080 and builds everything. Its steps: ServeCommandTests, VaultCommandsTests and CredentialCommandsTests; "
            + "nothing runs the target itself.",
        ["README.md: make demo"] =
            "Needs `make run`. SignedRequestScriptTests run the client that it is made of; nothing runs the target itself.",
        ["README.md: export DOTNET_ENVIRONMENT"] = "Needs a folder without governance, and serves. InitCommandTests go the same way.",
        ["docs/clients.md: export DOTNET_ENVIRONMENT"] = "Needs a folder without governance. InitCommandTests.",
        ["CONTRIBUTING.md: make test"] = "It is what runs this.",
        ["CONTRIBUTING.md: make fuzz"] = "Takes minutes and two cores. ReplayTests give its targets what a test has time for.",
        ["docs/cli.md: export GATEWAY_AGENT_SECRET"] = "Needs an instance and its secret. CallCommandTests.",
        ["docs/approvals.md: gateway approvals list"] = "Needs the store of an instance. ApprovalCommandsTests.",
        ["docs/kills.md: gateway kill list"] = "Needs the store of an instance. KillCommandsTests.",
        ["docs/notifications.md: gateway notices list"] = "Needs the store of an instance. NoticeCommandsTests.",
        ["docs/restore.md: gateway store check"] = "Needs a store that was put back. StoreCommandsTests.",
        ["docs/journal.md: gateway journal"] = "Needs the journal of an instance. JournalCommandsTests.",
        ["docs/triggers.md: gateway agents activate"] = "Needs the store of an instance. AgentCommandsTests.",
        ["docs/bodies.md: gateway bodies show"] = "Needs a body that was kept. BodiesShowCommandTests.",
        ["docs/simulate.md: gateway policy simulate"] = "Needs the journal of an instance. PolicySimulateCommandTests.",
        ["docs/receipts.md: gateway verify receipt.json"] = "Needs an instance's receipt. VerifyReplayTests.",
        ["docs/checking.md: gateway keys init --out-dir keys --prefix ada"] = "Needs a rule file and its digests. ApproveCommandTests.",
        ["docs/traces.md: gateway mcp serve"] = "A server, and it holds a port. McpServeCommandTests.",
        ["docs/mcp-bridge.md: npm install"] = "Needs npm, and serves. OfficialServersTests run the same program.",
        ["docs/packs.md: gateway run record --journal"] = "Needs the journal of an instance. SessionRecordingTests.",
        ["docs/running.md: gateway doctor"] = "Finds what this machine lacks. DoctorCommandTests.",
        ["docs/gait-differences.md: ln -s"] = "Needs the program on the path. GaitReadmeTests make the link.",
        ["samples/gait/README.md: cp -r samples/gait"] = "Needs the checkout. GaitReadmeTests run it all.",
        ["docs/production.md: "] = "One after the other, with Helm and PostgreSQL. ProductionPageTests.",
        ["docs/install.md: "] =
            "They install, build for minutes or need root. `make image-test` and `make release` run their own; DebianPackageTests and "
            + "ComposeTests look at what the others install; nothing runs apt, systemctl, skopeo and docker compose.",
        ["docs/load.md: make load"] = "Takes minutes and two cores. LoadTests.Tests run its parts.",
        ["docs/running.md: redis-server"] =
            "Another program's server. Tests start it with the same settings (Gateway.Testing.RedisServer).",
        ["docs/receipts.md: curl"] = "Needs an instance. ReceiptDoorTests and VerifyCommandTests do the same.",
        ["docs/running.md: curl"] = "Needs an instance. ServeCommandTests and ManagementListenerTests ask the same.",
        ["tests/sdk/README.md: cd tests/sdk"] = "Needs an instance and npm. OfficialClientTests.",
    };

    private static readonly IReadOnlyList<(string Name, string Begins, string Text)> Blocks =
    [
        .. from page in MarkdownPages.All
        from block in MarkdownPages.BlocksOf(page).Where(block => block.Language == "sh").Select((block, i) => (block.Text, Number: i + 1))
        select ($"{page}, {block.Number}", $"{page}: {block.Text}", block.Text),
    ];

    public static TheoryData<string> ThatRunHere => [.. Blocks.Where(block => CoverOf(block.Begins) is null).Select(block => block.Name)];

    [Fact]
    public void Fences_SayWhatTheyHold() =>
        Offences.AssertNone(
            from page in MarkdownPages.All
            from block in MarkdownPages.BlocksOf(page)
            where block.Language.Length == 0
            select $"{page}: the block that begins with '{block.Text.Split('\n')[0]}' says no language. Write sh for commands, so that "
                + "they are tested, or text."
        );

    [Fact]
    public void Covers_AreOfBlocksThatThereAre() =>
        Offences.AssertNone(
            from cover in CoveredElsewhere.Keys
            where !Blocks.Any(block => CoverOf(block.Begins) == cover)
            select $"CommandTests names a block '{cover}' that no page has. Take it out."
        );

    [Theory]
    [MemberData(nameof(ThatRunHere))]
    public async Task Commands_OfAPage_Run(string name)
    {
        using var folder = new TemporaryDirectory();
        Prepare(folder);

        var (exit, output) = await RunAsync(Runnable(Blocks.Single(block => block.Name == name).Text), folder.Path);

        Assert.True(
            exit == 0,
            $"The commands of {name} ended with {exit}. Correct the page, or say in CommandTests what covers them.\n{output}"
        );
    }

    private static string? CoverOf(string begins) =>
        CoveredElsewhere.Keys.FirstOrDefault(cover => begins.StartsWith(cover, StringComparison.Ordinal));

    /// <summary>A server would hold its port and never end: it is checked with the same settings instead.</summary>
    private static string Runnable(string script) =>
        Serve()
            .Replace(
                script.Replace("\\\n", "", StringComparison.Ordinal),
                m => $"{(m.Groups[1].Success ? $"ASPNETCORE_URLS={m.Groups[1].Value} " : "")}gateway config check"
            );

    /// <summary>What the pages take for granted: governance of a tenant acme, a secret to store, and keys.</summary>
    private static void Prepare(TemporaryDirectory folder)
    {
        var governance = Directory.CreateDirectory(folder.File("governance")).FullName;
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Repository.Root, "samples", "governance"), "*.yaml"))
        {
            var text = Tenant().Replace(File.ReadAllText(file), "$1acme");
            File.WriteAllText(Path.Combine(governance, Path.GetFileName(file)), text);
        }

        File.WriteAllText(folder.File("token.txt"), "a-token\n");
        File.WriteAllLines(folder.File("gateway.env"), KeyGenerator.Generate().Select(key => $"{key.Setting}={key.Value.Reveal()}"));
    }

    private static async Task<(int Exit, string Output)> RunAsync(string script, string folder)
    {
        var start = new ProcessStartInfo("bash", ["-euo", "pipefail", "-c", script])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // The command as it was built for these tests comes first; nothing of this machine's own settings counts.
        start.Environment["PATH"] = $"{GatewayProgram.Folder}:{start.Environment["PATH"]}";
        foreach (var name in start.Environment.Keys.Where(key => key.StartsWith("Gateway__", StringComparison.OrdinalIgnoreCase)).ToList())
        {
            start.Environment.Remove(name);
        }

        using var process = Process.Start(start)!;
        using var deadline = new CancellationTokenSource(Deadline);
        try
        {
            var (output, errors) = (
                process.StandardOutput.ReadToEndAsync(deadline.Token),
                process.StandardError.ReadToEndAsync(deadline.Token)
            );
            await process.WaitForExitAsync(deadline.Token);
            return (process.ExitCode, await output + await errors);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"The commands didn't end within {Deadline}:\n{script}");
        }
    }

    [GeneratedRegex(@"gateway serve(?: --urls (\S+))?")]
    private static partial Regex Serve();

    /// <summary>The sample's tenant, as a document's own name and as the one that it belongs to.</summary>
    [GeneratedRegex(@"((?:tenant|name): ?)demo\b")]
    private static partial Regex Tenant();
}
