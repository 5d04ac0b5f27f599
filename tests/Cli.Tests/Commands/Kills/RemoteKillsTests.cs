using Gateway.Cli.Tests.Remote;
using Gateway.Connectors.Contracts;

namespace Gateway.Cli.Tests.Commands.Kills;

/// <summary>Stopping from elsewhere: what the instance's own command would do and say, as the operator that one is.</summary>
public sealed class RemoteKillsTests(ServedGateway gateway) : IClassFixture<ServedGateway>, IDisposable
{
    private readonly CommandFolder _elsewhere = CommandFolder.Empty();

    public void Dispose() => _elsewhere.Dispose();

    [Theory]
    [InlineData("agent assistant", OperatorRoles.SecurityAdmin)]
    [InlineData("connector crm --graceful", OperatorRoles.SecurityAdmin)]
    [InlineData("operation crm/refund", OperatorRoles.SecurityAdmin)]
    [InlineData("tenant", OperatorRoles.TenantAdmin)]
    [InlineData("everything", OperatorRoles.PlatformAdmin | OperatorRoles.Viewer)]
    public async Task Kill_StopsThere_IsListedTheSame_AndIsLifted(string command, OperatorRoles roles)
    {
        await WorkAsAsync(roles);

        var run = (await KillAsync(command)).Ended(0);
        var id = run.Data().GetProperty("id").GetString()!;
        Assert.Equal(command.Contains("graceful", StringComparison.Ordinal), run.Data().GetProperty("mode").GetString() == "graceful");
        var there = (await _elsewhere.RunAsync("kill list --json")).Ended(0);
        Assert.Equal((await gateway.Folder.RunAsync("kill list --json")).Output, there.Output);
        Assert.Contains(id, there.Output, StringComparison.Ordinal);
        Assert.Equal(
            (await gateway.Folder.RunAsync("kill list --tenant demo")).Output,
            (await _elsewhere.RunAsync("kill list --tenant demo")).Output
        );

        (await _elsewhere.RunAsync(["kill", "lift", id, "--reason", "mended"])).Ended(0);
        Assert.DoesNotContain(id, (await gateway.Folder.RunAsync("kill list")).Ended(0).Output, StringComparison.Ordinal);
        Assert.Contains(
            "not_found",
            (await _elsewhere.RunAsync(["kill", "lift", id, "--reason", "x"])).Ended(6).Error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task WhatIsNotThere_OrNotTheirsToStop_IsSaid()
    {
        await WorkAsAsync(OperatorRoles.Operator);

        Assert.Contains("no agent of that name", (await KillAsync("agent nobody")).Ended(6).Output, StringComparison.Ordinal);
        Assert.Contains("role_missing", (await KillAsync("tenant")).Ended(6).Output, StringComparison.Ordinal);
        Assert.Contains("role_missing", (await KillAsync("everything")).Ended(6).Output, StringComparison.Ordinal);
        Assert.Contains("'demo'", (await KillAsync("agent assistant --tenant other")).Ended(6).Output, StringComparison.Ordinal);
        (await _elsewhere.RunAsync(["kill", "lift", "../session", "--reason", "x"])).Ended(6);
    }

    [Fact]
    public async Task Agent_IsSuspended_Activated_Demoted_AndReinstated()
    {
        await WorkAsAsync(OperatorRoles.SecurityAdmin);

        var here = (await gateway.Folder.RunAsync(Agents("suspend", "--tenant", "demo"))).Ended(0).Output;
        Assert.Equal(here, (await _elsewhere.RunAsync(Agents("suspend"))).Ended(0).Output);
        Assert.Equal("active", (await _elsewhere.RunAsync(Agents("activate"))).Ended(0).Data().GetProperty("status").GetString());
        Assert.Equal(
            "L1",
            (await _elsewhere.RunAsync(Agents("demote", "--to", "L1"))).Ended(0).Data().GetProperty("demoted_to").GetString()
        );
        Assert.Equal("nothing", (await _elsewhere.RunAsync(Agents("reinstate"))).Ended(0).Data().GetProperty("demoted_to").GetString());

        await WorkAsAsync(OperatorRoles.Operator);
        (await _elsewhere.RunAsync(Agents("suspend"))).Ended(0);
        Assert.Contains("role_missing", (await _elsewhere.RunAsync(Agents("activate"))).Ended(6).Output, StringComparison.Ordinal);
    }

    private static string[] Agents(string command, params string[] more) =>
        ["agents", command, "--agent", "assistant", "--reason", "INC-42", "--json", .. more];

    private Task<CommandRun> KillAsync(string command) =>
        _elsewhere.RunAsync(["kill", .. command.Split(' '), "--reason", "INC-42", "--json"]);

    private async Task WorkAsAsync(OperatorRoles roles)
    {
        var name = "op-" + System.Security.Cryptography.RandomNumberGenerator.GetHexString(8, lowercase: true);
        await gateway.AddOperatorAsync(name, roles);
        _elsewhere.Settings["GATEWAY_ADMIN_ADDRESS"] = gateway.SecureAddress;
        _elsewhere.Settings["GATEWAY_ADMIN_CA"] = gateway.CaFile;
        _elsewhere.Settings["GATEWAY_ADMIN_TOKEN"] = await gateway.NewTokenAsync(name, roles);
    }
}
