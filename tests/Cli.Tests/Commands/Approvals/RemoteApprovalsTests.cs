using Gateway.Cli.Tests.Remote;
using Gateway.Connectors.Contracts;

namespace Gateway.Cli.Tests.Commands.Approvals;

/// <summary>The same commands, from where nothing of the instance is: by a profile, or by what the environment says.</summary>
public sealed class RemoteApprovalsTests(ServedGateway gateway) : IClassFixture<ServedGateway>, IDisposable
{
    private readonly CommandFolder _elsewhere = CommandFolder.Empty();

    public void Dispose() => _elsewhere.Dispose();

    [Fact]
    public async Task WhatIsShownAndSaid_IsTheSameAsOnTheInstance_AndTheDecisionCounts()
    {
        var (id, view) = await gateway.AskAsync("‮evil<b>");
        await WorkAsAsync("cleo", OperatorRoles.Approver);

        var here = (await gateway.Folder.RunAsync($"approvals show {id} --tenant demo")).Ended(0);
        var there = (await _elsewhere.RunAsync($"approvals show {id}")).Ended(0);
        Assert.Equal(here.Output, there.Output);
        Assert.Contains(view, there.Output, StringComparison.Ordinal);
        Assert.Contains("\\u{202e}evil<b>", there.Output, StringComparison.Ordinal);
        Assert.Equal(
            (await gateway.Folder.RunAsync($"approvals show {id} --tenant demo --json")).Output,
            (await _elsewhere.RunAsync($"approvals show {id} --tenant demo --json")).Output
        );
        Assert.Equal(
            (await gateway.Folder.RunAsync("approvals list --tenant demo")).Output,
            (await _elsewhere.RunAsync("approvals list")).Output
        );

        var voted = (await VoteAsync("approve", id, view)).Ended(0).Data();
        Assert.Equal("approved", voted.GetProperty("state").GetString());
        Assert.Equal("cleo", voted.GetProperty("votes")[0].GetProperty("person").GetString());
        Assert.Equal((await gateway.Folder.RunAsync($"approvals show {id} --tenant demo --json")).Data().GetRawText(), voted.GetRawText());
        Assert.Contains("ended", (await VoteAsync("deny", id, view)).Ended(6).Output, StringComparison.Ordinal);

        (await RevokeAsync(id)).Ended(0);
        Assert.Contains("revoked", (await _elsewhere.RunAsync($"approvals show {id}")).Output, StringComparison.Ordinal);
        Assert.Contains("ended", (await RevokeAsync(id)).Ended(6).Error, StringComparison.Ordinal);
        Assert.DoesNotContain(id, (await _elsewhere.RunAsync("approvals list")).Ended(0).Output, StringComparison.Ordinal);
        Assert.Contains(id, (await _elsewhere.RunAsync("approvals list --all")).Ended(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnotherDigestThanOfWhatIsAsked_IsNotVotedOn()
    {
        var (id, _) = await gateway.AskAsync("digest");
        await WorkAsAsync("dora", OperatorRoles.Approver);

        Assert.Contains("shown", (await VoteAsync("approve", id, new string('b', 64))).Ended(6).Output, StringComparison.Ordinal);
        Assert.Equal("pending", (await ShowAsync(id)).GetProperty("state").GetString());
    }

    [Fact]
    public async Task WhoIsNotAsked_OrHasNotTheRole_IsToldSo_WithTheCodeAndTheRemedy()
    {
        var (id, view) = await gateway.AskAsync("not theirs");
        await WorkAsAsync("emil", OperatorRoles.Approver);
        var refused = (await VoteAsync("approve", id, view)).Ended(6).Envelope().GetProperty("errors")[0];
        Assert.Contains("not_an_approver", refused.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Contains("ApproverGroup", refused.GetProperty("remedy").GetString(), StringComparison.Ordinal);

        _elsewhere.Settings["GATEWAY_ADMIN_TOKEN"] = await gateway.NewTokenAsync("emil", OperatorRoles.Viewer);
        Assert.Contains("role_missing", (await VoteAsync("deny", id, view)).Ended(6).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Emergency_IsOpenedByPassword_AndByNobodysTokenAlone()
    {
        var (id, view) = await gateway.AskAsync("payroll");
        await WorkAsAsync("olga", OperatorRoles.Viewer | OperatorRoles.BreakGlass);

        Assert.Contains("unauthenticated", (await BreakGlassAsync(id, view, "wrong")).Ended(6).Output, StringComparison.Ordinal);
        (await BreakGlassAsync(id, view, "")).Ended(6);
        (await BreakGlassAsync(id, new string('b', 64), ServedGateway.Password)).Ended(6);
        var broken = (await BreakGlassAsync(id, view, ServedGateway.Password)).Ended(0).Data();

        Assert.Equal("INC-1", broken.GetProperty("break_glass").GetProperty("ticket").GetString());
        Assert.Equal((await gateway.Folder.RunAsync($"approvals show {id} --tenant demo --json")).Data().GetRawText(), broken.GetRawText());
    }

    [Theory]
    [InlineData("../operators")]
    [InlineData("apr_a/view")]
    [InlineData("apr_a?x=y")]
    [InlineData("..")]
    [InlineData("apr_%2e%2e")]
    public async Task Id_ThatCouldNameAnotherOperation_IsRefusedBeforeItIsSent(string id)
    {
        await WorkAsAsync("fay-" + Convert.ToHexStringLower(System.Text.Encoding.UTF8.GetBytes(id)), OperatorRoles.Approver);

        Assert.Contains(
            "name of any approval",
            (await _elsewhere.RunAsync(["approvals", "show", id])).Ended(6).Error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Approval_OrTenant_ThatIsNotThere_IsSaid()
    {
        await WorkAsAsync("gil", OperatorRoles.Approver);

        Assert.Contains("not_found", (await _elsewhere.RunAsync("approvals show apr_none")).Ended(6).Error, StringComparison.Ordinal);
        Assert.Contains("'demo'", (await _elsewhere.RunAsync("approvals list --tenant other")).Ended(6).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Profile_InUse_Counts_UntilAnotherIsNamed()
    {
        await gateway.AddOperatorAsync("hal", OperatorRoles.Viewer);
        var token = await gateway.NewTokenAsync("hal", OperatorRoles.Viewer);
        (await _elsewhere.RunAsync(["profiles", "add", "prod", "--address", gateway.SecureAddress, "--ca", gateway.CaFile], token)).Ended(
            0
        );

        (await _elsewhere.RunAsync("approvals list --profile prod")).Ended(0);
        Assert.Contains("--tenant", (await _elsewhere.RunAsync("approvals list")).Ended(6).Error, StringComparison.Ordinal);
        (await _elsewhere.RunAsync("profiles use prod")).Ended(0);
        (await _elsewhere.RunAsync("approvals list")).Ended(0);
        Assert.Contains("--tenant", (await _elsewhere.RunAsync("approvals list --profile local")).Ended(6).Error, StringComparison.Ordinal);
        Assert.Contains("prod", (await _elsewhere.RunAsync("approvals list --profile nowhere")).Ended(6).Error, StringComparison.Ordinal);
        _elsewhere.Settings["GATEWAY_PROFILE"] = "local";
        Assert.Contains("--tenant", (await _elsewhere.RunAsync("approvals list")).Ended(6).Error, StringComparison.Ordinal);
        (await _elsewhere.RunAsync("approvals list --profile prod")).Ended(0);
    }

    private async Task WorkAsAsync(string name, OperatorRoles roles)
    {
        await gateway.AddOperatorAsync(name, roles);
        _elsewhere.Settings["GATEWAY_ADMIN_ADDRESS"] = gateway.SecureAddress;
        _elsewhere.Settings["GATEWAY_ADMIN_CA"] = gateway.CaFile;
        _elsewhere.Settings["GATEWAY_ADMIN_TOKEN"] = await gateway.NewTokenAsync(name, roles);
    }

    private async Task<System.Text.Json.JsonElement> ShowAsync(string id) =>
        (await _elsewhere.RunAsync($"approvals show {id} --json")).Ended(0).Data();

    private Task<CommandRun> RevokeAsync(string id) => _elsewhere.RunAsync(["approvals", "revoke", id, "--reason", "by mistake"]);

    private Task<CommandRun> BreakGlassAsync(string id, string view, string password) =>
        _elsewhere.RunAsync(
            ["approvals", "break-glass", id, "--view", view, "--reason", "payroll is late", "--ticket", "INC-1", "--json"],
            password
        );

    private Task<CommandRun> VoteAsync(string vote, string id, string view) =>
        _elsewhere.RunAsync(["approvals", vote, id, "--view", view, "--reason", "looked at it", "--json"]);
}
