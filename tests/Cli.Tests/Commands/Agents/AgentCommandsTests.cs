using Gateway.Connectors.Stores;
using Gateway.Policy.Model;

namespace Gateway.Cli.Tests.Commands.Agents;

public sealed class AgentCommandsTests : IAsyncLifetime
{
    private static readonly Id<Tenant> Demo = Id<Tenant>.Parse("demo");

    private readonly CommandFolder _folder = new();

    /// <summary>As an instance does at its start.</summary>
    public async Task InitializeAsync()
    {
        await using var store = new SqliteStore(Path.Combine(_folder.Data, "store"));
        await store.PrepareAsync([Demo], CancellationToken.None);
    }

    public Task DisposeAsync()
    {
        _folder.Dispose();
        return Task.CompletedTask;
    }

    [Theory]
    [InlineData("suspend")]
    [InlineData("activate")]
    [InlineData("demote", "--to", "L1")]
    [InlineData("reinstate")]
    public async Task AChange_WhereNoInstanceRuns_IsRefusedAndMakesNoStore(string verb, params string[] more)
    {
        using var elsewhere = new CommandFolder();
        var run = (
            await elsewhere.RunAsync([
                "agents",
                verb,
                "--tenant",
                "demo",
                "--agent",
                "assistant",
                "--reason",
                "odd exports",
                "--json",
                .. more,
            ])
        ).Ended(6);
        Assert.Contains(
            Path.Combine(elsewhere.Data, "store"),
            run.Envelope().GetProperty("errors")[0].GetProperty("message").GetString(),
            StringComparison.Ordinal
        );
        Assert.False(Directory.Exists(elsewhere.Data));
    }

    [Fact]
    public async Task Suspend_ThenActivate_ChangesWhatTheStoreSays()
    {
        await using var store = new SqliteStore(Path.Combine(_folder.Data, "store"));
        (await Change("suspend", "assistant", "odd exports")).Ended(0);
        Assert.Equal(LifecycleStatus.Suspended, await StatusAsync(store));
        Assert.Equal("active", (await Change("activate", "assistant", "closed")).Ended(0).Data().GetProperty("status").GetString());
        Assert.Equal(LifecycleStatus.Active, await StatusAsync(store));
    }

    [Fact]
    public async Task Demote_ThenReinstate_ChangesWhatTheStoreSays()
    {
        await using var store = new SqliteStore(Path.Combine(_folder.Data, "store"));
        Assert.Equal(
            "L1",
            (await Change("demote", "assistant", "odd exports", "--to", "L1")).Ended(0).Data().GetProperty("demoted_to").GetString()
        );
        Assert.Equal(AtfLevel.L1, await store.FindLevelAsync(Demo, Id<Agent>.Parse("assistant"), CancellationToken.None));
        (await Change("reinstate", "assistant", "closed")).Ended(0);
        Assert.Null(await store.FindLevelAsync(Demo, Id<Agent>.Parse("assistant"), CancellationToken.None));
    }

    [Theory]
    [InlineData("L4")]
    [InlineData("unassigned")]
    [InlineData("1")]
    public async Task Demote_ToWhatIsNoLowerLevel_IsRefused(string level) =>
        Assert.NotEqual(0, (await Change("demote", "assistant", "odd exports", "--to", level)).Exit);

    [Fact]
    public async Task Suspend_OfAnAgentThatIsNotThere_IsRefusedAndNamesThoseThatAre()
    {
        var run = (await Change("suspend", "asistant", "typing error")).Ended(6);
        Assert.Contains("assistant", run.Envelope().GetProperty("errors")[0].GetProperty("remedy").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Suspend_WithoutAReason_IsRefused() => (await Change("suspend", "assistant", "  ")).Ended(6);

    [Fact]
    public async Task Suspend_WithBrokenGovernance_StopsTheAgentAllTheSame_AndActivateDoesNot()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.Governance, "broken.yaml"), "kind: [");
        Assert.Contains("warning", (await Change("suspend", "assistant", "now")).Ended(0).Error, StringComparison.Ordinal);
        (await Change("activate", "assistant", "later")).Ended(6);
        await using var store = new SqliteStore(Path.Combine(_folder.Data, "store"));
        Assert.Equal(LifecycleStatus.Suspended, await StatusAsync(store));
    }

    private static Task<LifecycleStatus?> StatusAsync(SqliteStore store) =>
        store.FindLifecycleAsync(Demo, Id<Agent>.Parse("assistant"), CancellationToken.None);

    private Task<CommandRun> Change(string verb, string agent, string reason, params string[] more) =>
        _folder.RunAsync(["agents", verb, "--tenant", "demo", "--agent", agent, "--reason", reason, "--json", .. more]);
}
