using Gateway.Cli.Tests.Remote;
using Gateway.Connectors.Contracts;

namespace Gateway.Cli.Tests.Commands.Tokens;

/// <summary>Tokens are made by whoever proves who they are, from where nothing was before, and end everywhere.</summary>
public sealed class TokenCommandsTests(ServedGateway gateway) : IClassFixture<ServedGateway>, IDisposable
{
    private readonly CommandFolder _elsewhere = CommandFolder.Empty();

    public void Dispose() => _elsewhere.Dispose();

    [Fact]
    public async Task SignIn_MakesAToken_AndKeepsItInTheProfile_Unseen()
    {
        await gateway.AddOperatorAsync("ida", OperatorRoles.Viewer | OperatorRoles.Approver);

        var made = (await SignInAsync("ida", ServedGateway.Password, "laptop", "--profile", "prod")).Ended(0);
        Assert.Equal("prod", made.Data().GetProperty("profile").GetString());
        Assert.DoesNotContain("gwo_", made.Output + made.Error, StringComparison.Ordinal);
        var token = made.Data().GetProperty("id").GetString()!;

        var listed = (await _elsewhere.RunAsync("tokens list --profile prod --json")).Ended(0).Data().GetProperty("tokens");
        var own = Assert.Single(listed.EnumerateArray());
        Assert.Equal((token, "laptop", "viewer"), (own.GetProperty("id").GetString(), own.GetProperty("name").GetString(), Roles(own)));
        (await _elsewhere.RunAsync("approvals list --profile prod")).Ended(0);

        (await _elsewhere.RunAsync($"tokens revoke {token} --profile prod")).Ended(0);
        Assert.Contains(
            "unauthenticated",
            (await _elsewhere.RunAsync("approvals list --profile prod")).Ended(6).Error,
            StringComparison.Ordinal
        );

        // The profile still says where; the token in it is another from now on.
        (
            await _elsewhere.RunAsync(
                [.. Create("desk"), "--sign-in", "--tenant", "demo", "--profile", "prod"],
                $"ida\n{ServedGateway.Password}\n"
            )
        ).Ended(0);
        (await _elsewhere.RunAsync("approvals list --profile prod")).Ended(0);
    }

    [Fact]
    public async Task Token_OfAProfilesOperator_IsMadeByTheirPassword_AndShownThisOnce()
    {
        await gateway.AddOperatorAsync("jan", OperatorRoles.Viewer);
        await WorkAsAsync("jan", OperatorRoles.Viewer);

        var made = (await _elsewhere.RunAsync([.. Create("robot"), "--json"], ServedGateway.Password + "\n")).Ended(0).Data();
        _elsewhere.Settings["GATEWAY_ADMIN_TOKEN"] = made.GetProperty("secret").GetString()!;
        (await _elsewhere.RunAsync("approvals list")).Ended(0);
        Assert.Contains(
            "name_taken",
            (await _elsewhere.RunAsync(Create("robot"), ServedGateway.Password)).Ended(6).Error,
            StringComparison.Ordinal
        );
        string[] more = ["tokens", "create", "--name", "more", "--roles", "viewer,approver", "--reason", "more than they may"];
        Assert.Contains("role_missing", (await _elsewhere.RunAsync(more, ServedGateway.Password)).Ended(6).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WrongPassword_OrNone_MakesNothing()
    {
        await gateway.AddOperatorAsync("kim", OperatorRoles.Viewer);

        var wrong = (await SignInAsync("kim", "incorrect horse", "laptop", "--profile", "prod")).Ended(6);
        Assert.Contains("unauthenticated", wrong.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("incorrect horse", wrong.Output + wrong.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_elsewhere.FileOf("config/gateway/profiles.json")));
        (await _elsewhere.RunAsync([.. Create("a"), "--sign-in", "--tenant", "demo", "--address", gateway.Address], "kim\n")).Ended(6);
        (await _elsewhere.RunAsync([.. Create("a"), "--sign-in", "--address", gateway.Address], "kim\nx\n")).Ended(6);
        (await _elsewhere.RunAsync([.. Create("a"), "--sign-in", "--tenant", "demo"], "kim\nx\n")).Ended(6);
        (await _elsewhere.RunAsync(Create("a"), "x\n")).Ended(6);
    }

    [Fact]
    public async Task Token_ThatCanNotBeKept_IsRevoked()
    {
        await gateway.AddOperatorAsync("lea", OperatorRoles.Viewer);
        await File.WriteAllTextAsync(_elsewhere.FileOf("config"), "in the way");

        (await SignInAsync("lea", ServedGateway.Password, "laptop", "--profile", "prod")).Ended(6);

        await WorkAsAsync("lea", OperatorRoles.Viewer);
        var names = (await _elsewhere.RunAsync("tokens list --json")).Ended(0).Data().GetProperty("tokens").EnumerateArray();
        Assert.DoesNotContain("laptop", names.Select(one => one.GetProperty("name").GetString()));
    }

    [Fact]
    public async Task Revoking_AnothersToken_IsAnAdministrators_AndATokenItselfIsNotSent()
    {
        await gateway.AddOperatorAsync("mia", OperatorRoles.Viewer);
        var theirs = await gateway.NewTokenAsync("mia", OperatorRoles.Viewer);
        await gateway.AddOperatorAsync("nic", OperatorRoles.TenantAdmin);
        await WorkAsAsync("nic", OperatorRoles.TenantAdmin);
        var listed = (await _elsewhere.RunAsync("tokens list --all --json")).Ended(0).Data().GetProperty("tokens").EnumerateArray();
        var id = listed.Single(one => one.GetProperty("operator").GetString() == "mia").GetProperty("id").GetString();

        var refused = (await _elsewhere.RunAsync($"tokens revoke {theirs}")).Ended(6);
        Assert.DoesNotContain(theirs, refused.Error, StringComparison.Ordinal);
        (await _elsewhere.RunAsync($"tokens revoke {id}")).Ended(6);
        (await _elsewhere.RunAsync($"tokens revoke {id} --any")).Ended(0);
        _elsewhere.Settings["GATEWAY_ADMIN_TOKEN"] = theirs;
        (await _elsewhere.RunAsync("tokens list")).Ended(6);
    }

    [Fact]
    public async Task NoProfile_IsNoPlace() =>
        Assert.Contains("--profile", (await _elsewhere.RunAsync("tokens list")).Ended(6).Error, StringComparison.Ordinal);

    private static string? Roles(System.Text.Json.JsonElement one) => one.GetProperty("roles")[0].GetString();

    private static string[] Create(string name) => ["tokens", "create", "--name", name, "--roles", "viewer", "--reason", "for work"];

    private Task<CommandRun> SignInAsync(string name, string password, string token, params string[] more) =>
        _elsewhere.RunAsync(
            [
                .. Create(token),
                "--sign-in",
                "--address",
                gateway.SecureAddress,
                "--ca",
                gateway.CaFile,
                "--tenant",
                "demo",
                "--json",
                .. more,
            ],
            $"{name}\n{password}\n"
        );

    private async Task WorkAsAsync(string name, OperatorRoles roles)
    {
        _elsewhere.Settings["GATEWAY_ADMIN_ADDRESS"] = gateway.Address;
        _elsewhere.Settings["GATEWAY_ADMIN_TOKEN"] = await gateway.NewTokenAsync(name, roles);
    }
}
