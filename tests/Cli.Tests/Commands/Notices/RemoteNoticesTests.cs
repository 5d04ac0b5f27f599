using Gateway.Cli.Tests.Remote;
using Gateway.Connectors.Contracts;
using Gateway.Connectors.Stores;

namespace Gateway.Cli.Tests.Commands.Notices;

/// <summary>Dead letters are seen and sent again from elsewhere, as they are on the instance.</summary>
public sealed class RemoteNoticesTests(RemoteNoticesTests.WithDeadLetters gateway)
    : IClassFixture<RemoteNoticesTests.WithDeadLetters>,
        IDisposable
{
    private readonly CommandFolder _elsewhere = CommandFolder.Empty();

    public void Dispose() => _elsewhere.Dispose();

    [Fact]
    public async Task DeadLetters_AreListedTheSame_AndSentAgain()
    {
        await gateway.AddOperatorAsync("otto", OperatorRoles.Operator);
        _elsewhere.Settings["GATEWAY_ADMIN_ADDRESS"] = gateway.SecureAddress;
        _elsewhere.Settings["GATEWAY_ADMIN_CA"] = gateway.CaFile;
        _elsewhere.Settings["GATEWAY_ADMIN_TOKEN"] = await gateway.NewTokenAsync("otto", OperatorRoles.Operator);

        var dead = (await _elsewhere.RunAsync("notices list --dead --json")).Ended(0);
        Assert.Equal(2, dead.Data().GetProperty("notices").GetArrayLength());
        Assert.Equal((await gateway.Folder.RunAsync("notices list --dead --tenant demo --json")).Output, dead.Output);
        Assert.Equal(
            (await gateway.Folder.RunAsync("notices list --dead --tenant demo")).Output,
            (await _elsewhere.RunAsync("notices list --dead")).Output
        );

        Assert.Equal("ntc_apr_a", Assert.Single(await ResentAsync("ntc_apr_a")));
        var changes = (await gateway.Folder.RunAsync("changes list --tenant demo --kind notice_resent --json")).Ended(0).Data();
        Assert.Equal("ntc_apr_a", changes.GetProperty("changes")[0].GetProperty("subject").GetString());
        Assert.Contains("not_found", (await ResendAsync("ntc_none")).Ended(6).Output, StringComparison.Ordinal);
        Assert.Contains("ntc_apr_b", await ResentAsync("--all"));
    }

    private async Task<string[]> ResentAsync(string what) =>
        [.. (await ResendAsync(what)).Ended(0).Data().GetProperty("resent").EnumerateArray().Select(one => one.GetString()!)];

    private Task<CommandRun> ResendAsync(string what) => _elsewhere.RunAsync(["notices", "resend", what, "--reason", "mended", "--json"]);

    public sealed class WithDeadLetters : ServedGateway
    {
        internal override Task FillAsync(SqlStore store) => DeadLetters.PutAsync(store, oneWaits: false);
    }
}
