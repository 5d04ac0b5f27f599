using System.Text.Json;
using Gateway.Connectors.Contracts;
using Gateway.Connectors.Stores;
using Gateway.Policy.Model;

namespace Gateway.Cli.Tests.Commands.Kills;

/// <summary>Stopping by command: durable and on record before the answer, or nothing.</summary>
public sealed class KillCommandsTests : IAsyncLifetime
{
    private static readonly Id<Tenant> Demo = Id<Tenant>.Parse("demo");
    private static readonly Id<Tenant> Other = Id<Tenant>.Parse("other");

    private readonly CommandFolder _folder = new();

    private string JournalOf(string tenant) => Path.Combine(_folder.Data, "journal", tenant);

    /// <summary>As an instance does at its start.</summary>
    public async Task InitializeAsync()
    {
        await using var store = Open();
        await store.PrepareAsync([Demo, Other], CancellationToken.None);
    }

    public Task DisposeAsync()
    {
        _folder.Dispose();
        return Task.CompletedTask;
    }

    [Theory]
    [InlineData("agent", "assistant", KillScope.Agent)]
    [InlineData("connector", "crm", KillScope.Connector)]
    [InlineData("operation", "crm/refund", KillScope.Operation)]
    [InlineData("tenant", "", KillScope.Tenant)]
    public async Task Kill_IsInTheStoreAndOnRecord_AndGoneOnceItIsLifted(string command, string target, KillScope scope)
    {
        var set = (await KillAsync(command, target, "--graceful")).Ended(0).Data();
        var id = set.GetProperty("id").GetString()!;

        var kill = Assert.Single(await ListAsync(Demo));
        Assert.Equal((id, scope, target, true, "INC-42"), (kill.Id, kill.Scope, kill.Target, kill.IsGraceful, kill.Reason));
        Assert.Equal($"os:{Environment.UserName}", kill.By);
        Assert.Empty(await ListAsync(Other));
        Assert.Contains(id, (await _folder.RunAsync("kill list")).Ended(0).Output, StringComparison.Ordinal);
        Assert.DoesNotContain(id, (await _folder.RunAsync("kill list --tenant other")).Ended(0).Output, StringComparison.Ordinal);

        (await LiftAsync(id)).Ended(0);
        Assert.Empty(await ListAsync(Demo));
        Assert.Equal(["kill_lifted", "kill_set"], (await ChangesAsync("demo")).Select(change => change.Kind).Order());
        Assert.All(await ChangesAsync("demo"), change => Assert.Equal((id, "INC-42"), (change.Subject, change.Reason)));
        (await LiftAsync(id)).Ended(1);
    }

    [Fact]
    public async Task SameKillAgain_IsTheSame_AndAtOnceOnceThatIsAsked()
    {
        var first = (await KillAsync("agent", "assistant", "--graceful")).Ended(0).Data();
        var again = (await KillAsync("agent", "assistant")).Ended(0).Data();
        var gentler = (await KillAsync("agent", "assistant", "--graceful")).Ended(0).Data();

        Assert.Equal("graceful", first.GetProperty("mode").GetString());
        Assert.All([again, gentler], one => Assert.Equal("at_once", one.GetProperty("mode").GetString()));
        Assert.All([again, gentler], one => Assert.Equal(first.GetProperty("id").GetString(), one.GetProperty("id").GetString()));
        Assert.Equal(2, (await ChangesAsync("demo")).Count);
    }

    [Fact]
    public async Task Everything_IsStoppedInEveryTenant_AndLiftedInEveryTenant()
    {
        var set = (await KillEverythingAsync()).Ended(0).Data();
        var id = set.GetProperty("id").GetString()!;

        Assert.Equal(["demo", "other"], set.GetProperty("tenants").EnumerateArray().Select(tenant => tenant.GetString()));
        foreach (var tenant in new[] { Demo, Other })
        {
            var kill = Assert.Single(await ListAsync(tenant));
            Assert.Equal((id, KillScope.Everything, false), (kill.Id, kill.Scope, kill.IsGraceful));
            Assert.Equal("kill_set", Assert.Single(await ChangesAsync(tenant.ToString())).Kind);
        }

        (await LiftAsync(id)).Ended(0);
        Assert.Empty(await ListAsync(Demo));
        Assert.Empty(await ListAsync(Other));
    }

    [Fact]
    public async Task Journal_ThatCanNotBeWritten_LeavesEverythingAsItWas()
    {
        Block("demo");
        foreach (var (command, target) in new[] { ("agent", "assistant"), ("tenant", "") })
        {
            Assert.Contains("nothing was changed", (await KillAsync(command, target)).Ended(6).Output, StringComparison.Ordinal);
        }

        Assert.Empty(await ListAsync(Demo));

        // One tenant that can be changed is enough to stop all; to let all go on each must be.
        var set = (await KillEverythingAsync()).Ended(0).Data();
        Assert.Equal("other", Assert.Single(set.GetProperty("tenants").EnumerateArray()).GetString());
        Assert.Empty(await ListAsync(Demo));
        Block("other");
        (await LiftAsync(set.GetProperty("id").GetString()!)).Ended(6);
        Assert.Single(await ListAsync(Other));
        (await KillEverythingAsync()).Ended(6);
    }

    [Theory]
    [InlineData("agent", "asistant", "assistant")]
    [InlineData("connector", "crn", "crm")]
    [InlineData("operation", "crm/refunds", "crm/refund")]
    [InlineData("operation", "crm", "crm/export")]
    [InlineData("agent", "No Name", "a-z")]
    public async Task NameThatTheDocumentsDoNotHave_IsRefused(string command, string target, string told)
    {
        Assert.Contains(told, (await KillAsync(command, target)).Ended(6).Output, StringComparison.Ordinal);
        Assert.Empty(await ListAsync(Demo));
    }

    [Fact]
    public async Task Documents_ThatCanNotBeRead_DoNotStandInTheWay()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.Governance, "broken.yaml"), "nonsense: [");

        (await KillAsync("agent", "assistant")).Ended(0);
        Assert.Single(await ListAsync(Demo));
    }

    [Theory]
    [InlineData("kill agent assistant --tenant demo")]
    [InlineData("kill everything")]
    [InlineData("kill lift kill_x")]
    public async Task WithoutAReason_NothingIsDone(string command)
    {
        Assert.NotEqual(0, (await _folder.RunAsync(command)).Exit);
        Assert.Empty(await ListAsync(Demo));
    }

    [Fact]
    public async Task WhereNoInstanceRuns_NothingIsMade()
    {
        using var elsewhere = new CommandFolder();

        (await elsewhere.RunAsync("kill tenant --tenant demo --reason INC-42")).Ended(6);
        (await elsewhere.RunAsync("kill everything --reason INC-42")).Ended(6);
        Assert.False(Directory.Exists(elsewhere.Data));
    }

    private SqliteStore Open() => new(Path.Combine(_folder.Data, "store"), TimeSpan.FromSeconds(5));

    private void Block(string tenant)
    {
        if (Directory.Exists(JournalOf(tenant)))
        {
            Directory.Delete(JournalOf(tenant), recursive: true);
        }

        Directory.CreateDirectory(Path.GetDirectoryName(JournalOf(tenant))!);
        File.WriteAllText(JournalOf(tenant), "a file where its journal should be");
    }

    private async Task<IReadOnlyList<Kill>> ListAsync(Id<Tenant> tenant)
    {
        await using var store = Open();
        return await new KillStore(store.Databases, new ChangeOrigin("", "", "")).ListAsync(tenant, CancellationToken.None);
    }

    private async Task<IReadOnlyList<(string? Kind, string? Subject, string? Reason)>> ChangesAsync(string tenant) =>
        [
            .. (await _folder.RunAsync($"changes list --tenant {tenant} --json"))
                .Ended(0)
                .Data()
                .GetProperty("changes")
                .EnumerateArray()
                .Select(change => (Text(change, "kind"), Text(change, "subject"), Text(change, "reason"))),
        ];

    private static string? Text(JsonElement change, string name) => change.GetProperty(name).GetString();

    private Task<CommandRun> KillAsync(string command, string target, params string[] more) =>
        _folder.RunAsync([
            "kill",
            command,
            .. target.Length > 0 ? new[] { target } : [],
            "--tenant",
            "demo",
            "--reason",
            "INC-42",
            "--json",
            .. more,
        ]);

    private Task<CommandRun> KillEverythingAsync() => _folder.RunAsync("kill everything --reason INC-42 --json");

    private Task<CommandRun> LiftAsync(string id) => _folder.RunAsync($"kill lift {id} --reason INC-42 --json");
}
