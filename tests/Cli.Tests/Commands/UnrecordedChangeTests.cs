using System.CommandLine;
using System.Security.Cryptography;
using Gateway.Cli.Commands;
using Gateway.Connectors.Contracts;
using Gateway.Connectors.Stores;
using Gateway.Connectors.Vaults;
using Gateway.Policy.Model;
using Gateway.Testing;

namespace Gateway.Cli.Tests.Commands;

/// <summary>
/// Every command that changes something of an instance: where its record can't be kept it is refused, and the store, the vault and all else
/// stay byte for byte as they were. The same command then does what it says, so that none is refused for another reason.
/// </summary>
public sealed class UnrecordedChangeTests : IDisposable
{
    private static readonly string View = new('a', 64);
    private static readonly Id<Tenant> Demo = Id<Tenant>.Parse("demo");
    private static readonly CancellationToken None = CancellationToken.None;

    /// <summary>In an order in which each finds what it changes.</summary>
    private static readonly (string Command, string Arguments, string? Input)[] Changing =
    [
        ("agents credentials create", "--tenant demo --agent assistant --name main --kind hmac", null),
        ("agents credentials rotate", "--tenant demo --agent assistant --name main", null),
        ("agents suspend", "--tenant demo --agent assistant --reason test", null),
        ("agents activate", "--tenant demo --agent assistant --reason test", null),
        ("agents demote", "--tenant demo --agent assistant --to L1 --reason test", null),
        ("agents reinstate", "--tenant demo --agent assistant --reason test", null),
        ("approvals approve", $"apr_a --tenant demo --view {View} --reason test", null),
        ("approvals deny", $"apr_b --tenant demo --view {View} --reason test", null),
        ("approvals break-glass", $"apr_c --tenant demo --view {View} --reason test --ticket INC-1", null),
        ("approvals revoke", "apr_d --tenant demo --reason test", null),
        ("kill agent", "assistant --tenant demo --reason test", null),
        ("kill connector", "crm --tenant demo --reason test", null),
        ("kill operation", "crm/refund --tenant demo --reason test", null),
        ("kill tenant", "--tenant demo --reason test", null),
        ("kill everything", "--reason test", null),
        ("kill lift", "{kill} --reason test", null),
        ("notices resend", "ntc_apr_a --tenant demo", null),
        ("operators setup", "--tenant demo --reason test", null),
        ("vault put", "--tenant demo --path a --field b", "secret"),
        ("vault rotate", "--tenant demo", null),
        ("keys rotate", "", null),
        ("vault remove", "--tenant demo --path a --field b --reason test", null),
        ("agents credentials revoke", "--tenant demo --agent assistant --name main --reason test", null),
        ("init", "--provider openai --Gateway:Governance:Path=fresh", "sk-secret"),
    ];

    /// <summary>
    /// They change nothing that requests are judged by, or that proves how they were: what they write are files of their own.
    /// </summary>
    private static readonly string[] Others =
    [
        "agents credentials list",
        "approvals list",
        "approvals show",
        "approve",
        "atf check",
        "bodies show",
        "call",
        "cel eval",
        "changes list",
        "completion",
        "config check",
        "demo",
        "doctor",
        "explain",
        "gate eval",
        "guard pack",
        "health",
        "incident pack",
        "journal ship",
        "journal verify",
        "keys init",
        "keys verify",
        "kill list",
        "mcp bridge",
        "mcp proxy",
        "mcp serve",
        "notices list",
        "policy coverage",
        "policy diff",
        "policy egress",
        "policy explain",
        "policy fmt",
        "policy simulate",
        "policy test",
        "policy validate",
        "regress bootstrap",
        "regress init",
        "regress run",
        "run diff",
        "run inspect",
        "run receipt",
        "run record",
        "run replay",
        "scout signal",
        "serve",
        "store check",
        "store reconcile",
        "trace verify",
        "vault list",
        "verify",
    ];

    /// <summary>
    /// They change nothing here: they ask the operators' listener to, or note where it is. What it records, and refuses, its own table of
    /// operations is held to.
    /// </summary>
    private static readonly string[] FromElsewhere =
    [
        "operators activate",
        "operators add",
        "operators change",
        "operators list",
        "operators remove",
        "operators show",
        "operators suspend",
        "profiles add",
        "profiles list",
        "profiles remove",
        "profiles use",
        "tokens create",
        "tokens list",
        "tokens revoke",
    ];

    private readonly CommandFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Command_StandsInOneOfTheLists()
    {
        var leaves = Leaves(CommandTree.Build([])).Select(leaf => leaf.FullName);
        Assert.Equal(Changing.Select(one => one.Command).Concat(Others).Concat(FromElsewhere).Order(), leaves.Order());
    }

    [Fact]
    public async Task Command_WhoseJournalIsNotThere_ChangesNothing()
    {
        var (journal, aside) = (Path.Combine(_folder.Data, "journal"), Path.Combine(_folder.Data, "aside"));
        await RunAllAsync(
            Changing,
            journal,
            () =>
            {
                Directory.Move(journal, aside);
                File.WriteAllText(journal, "in the way");
            },
            () =>
            {
                File.Delete(journal);
                Directory.Move(aside, journal);
            }
        );
    }

    [SmallDiskFact]
    public async Task Command_WhoseJournalIsOnAFullDisk_ChangesNothing()
    {
        using var disk = new SmallDisk();
        var journal = Path.Combine(disk.Path, "journal");
        _folder.Settings["Gateway__Journal__Root"] = journal;
        string[] oneOfEach = ["agents suspend", "approvals approve", "kill agent", "notices resend", "vault put", "vault rotate"];
        await RunAllAsync(Changing.Where(one => oneOfEach.Contains(one.Command)), journal, disk.Fill, disk.Free);
    }

    private async Task RunAllAsync(
        IEnumerable<(string Command, string Arguments, string? Input)> commands,
        string journal,
        Action block,
        Action free
    )
    {
        await PrepareAsync();
        foreach (var (command, arguments, input) in commands)
        {
            var typed = $"{command} {arguments.Replace("{kill}", await KillAsync(command), StringComparison.Ordinal)}".TrimEnd();
            RotateKey(command);
            var before = All(journal);
            block();
            var refused = await _folder.RunAsync(typed, input);
            Assert.Equal((command, before), (command, All(journal)));
            free();
            Assert.True(refused.Exit == 6, $"{typed}: {refused.Exit}\n{refused.Output}\n{refused.Error}");

            (await _folder.RunAsync(typed, input)).Ended(0);
            Assert.NotEqual((command, before), (command, All(journal)));
        }
    }

    /// <summary>A new key in front, so that there is something to seal anew.</summary>
    private void RotateKey(string command)
    {
        if (command is "vault rotate" or "keys rotate")
        {
            var old = _folder.Settings["DATA_ENCRYPTION_KEY"];
            var fresh = KeyGenerator.Generate().Single(key => key.Setting == "DATA_ENCRYPTION_KEY").Value.Reveal();
            _folder.Settings["DATA_ENCRYPTION_KEY"] = $"{fresh},{old}";
        }
    }

    private async Task<string> KillAsync(string command) =>
        command == "kill lift"
            ? (await _folder.RunAsync("kill list --json")).Ended(0).Data().GetProperty("kills")[0].GetProperty("id").GetString()!
            : "";

    /// <summary>Whatever the command could change, but for the journal itself.</summary>
    private string All(string journal) =>
        StoreText.Of(Path.Combine(_folder.Data, "store"))
        + string.Join(
            '\n',
            Directory
                .EnumerateFiles(_folder.Root, "*", SearchOption.AllDirectories)
                .Where(file => !file.StartsWith(journal, StringComparison.Ordinal) && !IsOf(file, "store") && !IsOf(file, "aside"))
                .Order(StringComparer.Ordinal)
                .Select(file => $"{file} {Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)))}")
        );

    private bool IsOf(string file, string folder) => file.StartsWith(Path.Combine(_folder.Data, folder), StringComparison.Ordinal);

    /// <summary>Four approvals that wait, a dead letter, and whoever runs this named for all.</summary>
    private async Task PrepareAsync()
    {
        Edit("permissions.yaml", "[cleo, dora]", $"[{Environment.UserName}]");
        Edit("permissions.yaml", "  quorum: 1\n", "  quorum: 2\n  breakGlass: {groups: [finance]}\n");
        Edit("tenant.yaml", "entitlements: [", "entitlements: [break_glass, ");
        await using var store = new SqliteStore(Path.Combine(_folder.Data, "store"));
        await store.PrepareAsync([Demo], None);
        var (origin, now) = (new ChangeOrigin("gateway", "here", ""), TimeProvider.System.GetUtcNow());
        foreach (var id in new[] { "apr_a", "apr_b", "apr_c", "apr_d" })
        {
            await new ApprovalStore(store.Databases, origin).AskAsync(Demo, Asked(id, now), most: 10, None);
        }

        var notices = new NoticeStore(store.Databases, origin);
        await notices.FollowAsync(Demo, happened => [NoticeOf(happened)], None);
        var taken = await notices.TakeAsync(Demo, "to-apr_a", now, TimeSpan.FromMinutes(1), None);
        await notices.FailedAsync(Demo, taken!, "It answered 503.", null, now, None);

        // Its record, and that of all before, so that nothing but a command's own waits for the journal.
        (await _folder.RunAsync("vault put --tenant demo --path first --field key", "secret")).Ended(0);
    }

    private void Edit(string name, string from, string to)
    {
        var file = Path.Combine(_folder.Governance, name);
        var text = File.ReadAllText(file);
        Assert.Contains(from, text, StringComparison.Ordinal);
        File.WriteAllText(file, text.Replace(from, to, StringComparison.Ordinal));
    }

    private static ApprovalRecord Asked(string id, DateTimeOffset now) =>
        new()
        {
            Id = id,
            Agent = "assistant",
            Action = "act-" + id,
            View = "{}",
            ViewDigest = View,
            Gates = ["payments"],
            Needed = 1,
            DecisionId = "d-1",
            At = now,
            Ends = now.AddHours(1),
            TimeToUse = TimeSpan.FromMinutes(15),
        };

    private static NoticeRecord NoticeOf(ApprovalEvent happened) =>
        new()
        {
            Id = "ntc_" + happened.Approval.Id,
            Channel = "to-" + happened.Approval.Id,
            Event = happened.Event,
            Approval = happened.Approval.Id,
            Facts = "{}",
            At = happened.At,
            Due = happened.At,
        };

    private static IEnumerable<LeafCommand> Leaves(Command command) =>
        command.Subcommands.SelectMany(Leaves).Concat(command is LeafCommand leaf ? [leaf] : []);
}
