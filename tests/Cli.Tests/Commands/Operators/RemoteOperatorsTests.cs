using Gateway.Cli.Tests.Remote;
using Gateway.Connectors.Contracts;

namespace Gateway.Cli.Tests.Commands.Operators;

/// <summary>Who works with Gateway is changed by an administrator who proves anew who they are, and by nobody's token alone.</summary>
public sealed class RemoteOperatorsTests(ServedGateway gateway) : IClassFixture<ServedGateway>, IDisposable
{
    private const string New = "a very new password";

    private readonly CommandFolder _elsewhere = CommandFolder.Empty();

    public void Dispose() => _elsewhere.Dispose();

    [Fact]
    public async Task Operator_IsAdded_Changed_Suspended_Activated_AndRemoved()
    {
        await AdministerAsync("ruth");
        var added = await ChangeAsync("add cleo --person Cleo --roles approver --password", $"{ServedGateway.Password}\n{New}\n");
        Assert.Equal("Cleo", added.Ended(0).Data().GetProperty("person").GetString());
        Assert.DoesNotContain(New, added.Output + added.Error, StringComparison.Ordinal);
        Assert.Contains("Cleo", (await _elsewhere.RunAsync("operators list")).Ended(0).Output, StringComparison.Ordinal);

        var changed = (await ChangeAsync("change cleo --roles viewer,approver")).Ended(0).Data();
        Assert.Equal(["viewer", "approver"], changed.GetProperty("roles").EnumerateArray().Select(role => role.GetString()!));
        Assert.Equal("Cleo", changed.GetProperty("person").GetString());
        Assert.True((await ChangeAsync("suspend cleo")).Ended(0).Data().GetProperty("suspended").GetBoolean());
        Assert.Contains("suspended", (await _elsewhere.RunAsync("operators show cleo")).Ended(0).Output, StringComparison.Ordinal);
        Assert.False((await ChangeAsync("activate cleo")).Ended(0).Data().GetProperty("suspended").GetBoolean());

        (await ChangeAsync("remove cleo")).Ended(0);
        Assert.Contains("not_found", (await _elsewhere.RunAsync("operators show cleo")).Ended(6).Error, StringComparison.Ordinal);
        Assert.Contains("not_found", (await ChangeAsync("remove cleo")).Ended(6).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WrongPassword_ChangesNothing()
    {
        await AdministerAsync("sara");
        await gateway.AddOperatorAsync("tim", OperatorRoles.Viewer);

        Assert.Contains("unauthenticated", (await ChangeAsync("remove tim", "wrong password\n")).Ended(6).Output, StringComparison.Ordinal);
        (await ChangeAsync("suspend tim", "")).Ended(6);
        (await _elsewhere.RunAsync("operators show tim")).Ended(0);
    }

    [Fact]
    public async Task NobodyChangesThemselves_AndNothingIsChangedByNothing()
    {
        await AdministerAsync("ulla");

        Assert.Contains("own_account", (await ChangeAsync("change ulla --roles viewer")).Ended(6).Output, StringComparison.Ordinal);
        Assert.Contains("Nobody says", (await ChangeAsync("change ulla")).Ended(6).Output, StringComparison.Ordinal);
        Assert.Contains("name of any operator", (await ChangeAsync("remove ../tokens")).Ended(6).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RoleThatIsMissing_OrThatThereIsNot_IsSaid()
    {
        await gateway.AddOperatorAsync("vic", OperatorRoles.Viewer);
        await WorkAsAsync("vic", OperatorRoles.Viewer);
        Assert.Contains("role_missing", (await _elsewhere.RunAsync("operators list")).Ended(6).Error, StringComparison.Ordinal);
        Assert.Contains("role_missing", (await ChangeAsync("add wim --roles viewer")).Ended(6).Output, StringComparison.Ordinal);

        await AdministerAsync("xena");
        Assert.Contains("roles", (await ChangeAsync("add wim --roles king")).Ended(6).Output, StringComparison.Ordinal);
    }

    private async Task AdministerAsync(string name)
    {
        await gateway.AddOperatorAsync(name, OperatorRoles.TenantAdmin | OperatorRoles.Viewer);
        await WorkAsAsync(name, OperatorRoles.TenantAdmin);
    }

    private async Task WorkAsAsync(string name, OperatorRoles roles)
    {
        _elsewhere.Settings["GATEWAY_ADMIN_ADDRESS"] = gateway.SecureAddress;
        _elsewhere.Settings["GATEWAY_ADMIN_CA"] = gateway.CaFile;
        _elsewhere.Settings["GATEWAY_ADMIN_TOKEN"] = await gateway.NewTokenAsync(name, roles);
    }

    private Task<CommandRun> ChangeAsync(string command, string? input = null) =>
        _elsewhere.RunAsync(["operators", .. command.Split(' '), "--reason", "for work", "--json"], input ?? ServedGateway.Password + "\n");
}
