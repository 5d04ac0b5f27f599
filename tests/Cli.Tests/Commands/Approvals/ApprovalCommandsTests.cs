using Gateway.Connectors.Contracts;
using Gateway.Connectors.Stores;
using Gateway.Policy.Model;

namespace Gateway.Cli.Tests.Commands.Approvals;

/// <summary>People approve by command: each as the user that runs it, and what was shown.</summary>
public sealed class ApprovalCommandsTests : IAsyncLifetime
{
    private const string Id = "apr_aaaaaaaaaaaaaaaaaaaaaaaaaa";
    private static readonly string View = new('a', 64);
    private static readonly Id<Tenant> Demo = Id<Tenant>.Parse("demo");

    private readonly CommandFolder _folder = new();

    public async Task InitializeAsync()
    {
        await using var store = new SqliteStore(Path.Combine(_folder.Data, "store"), TimeSpan.FromSeconds(5));
        await store.PrepareAsync([Demo], CancellationToken.None);
        var now = TimeProvider.System.GetUtcNow();
        await new ApprovalStore(store.Databases, new ChangeOrigin("gateway", "here", "")).AskAsync(
            Demo,
            new ApprovalRecord
            {
                Id = Id,
                Agent = "assistant",
                Action = "act",
                View = """{"agent":"assistant","arguments":{"to":"‮evil\u200b<b>"}}""",
                ViewDigest = View,
                Gates = ["payments"],
                Needed = 1,
                DecisionId = "d-1",
                At = now,
                Ends = now.AddHours(1),
                TimeToUse = TimeSpan.FromMinutes(15),
            },
            most: 10,
            CancellationToken.None
        );
    }

    public Task DisposeAsync()
    {
        _folder.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Member_ApprovesWhatWasShown_OnRecord()
    {
        await MakeMemberAsync(Environment.UserName);

        Assert.Contains(Id, (await _folder.RunAsync("approvals list --tenant demo")).Ended(0).Output, StringComparison.Ordinal);
        var approved = (await VoteAsync("approve", View)).Ended(0).Data();

        Assert.Equal("approved", approved.GetProperty("state").GetString());
        Assert.Equal($"os:{Environment.UserName}", approved.GetProperty("votes")[0].GetProperty("person").GetString());
        var changes = (await _folder.RunAsync("changes list --tenant demo --kind approval_voted --json")).Ended(0).Data();
        Assert.Equal(Id, Assert.Single(changes.GetProperty("changes").EnumerateArray()).GetProperty("subject").GetString());
        Assert.Contains("approved", (await VoteAsync("deny", View)).Ended(6).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhoeverIsNoMember_DecidesNothing()
    {
        await MakeMemberAsync("somebody-else");

        Assert.Contains("finance", (await VoteAsync("approve", View)).Ended(6).Output, StringComparison.Ordinal);
        Assert.Contains("finance", (await VoteAsync("deny", View)).Ended(6).Output, StringComparison.Ordinal);
        Assert.Equal("pending", (await ShowAsync()).GetProperty("state").GetString());
    }

    [Fact]
    public async Task Owner_DecidesNothingForAnAgentOfTheirOwn()
    {
        await MakeMemberAsync(Environment.UserName);
        var agents = Path.Combine(_folder.Governance, "agents.yaml");
        await File.WriteAllTextAsync(
            agents,
            (await File.ReadAllTextAsync(agents)).Replace("Ada Sample", Environment.UserName, StringComparison.Ordinal)
        );

        Assert.Contains("owners", (await VoteAsync("approve", View)).Ended(6).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnotherViewThanWhatIsAsked_IsNotVotedOn()
    {
        await MakeMemberAsync(Environment.UserName);

        Assert.Contains("shown", (await VoteAsync("approve", new string('b', 64))).Ended(6).Output, StringComparison.Ordinal);
        Assert.Equal("pending", (await ShowAsync()).GetProperty("state").GetString());
    }

    [Fact]
    public async Task View_ShowsWhatWouldHideOrTurnRound()
    {
        var shown = (await _folder.RunAsync($"approvals show {Id} --tenant demo")).Ended(0).Output;

        Assert.Contains("\\u{202e}evil\\u{200b}<b>", shown, StringComparison.Ordinal);
        Assert.DoesNotContain('‮', shown);
    }

    [Fact]
    public async Task WhatIsTakenBack_IsRevoked_AndWhatIsNotThereIsSaid()
    {
        (await RevokeAsync(Id)).Ended(0);

        Assert.Equal("revoked", (await ShowAsync()).GetProperty("state").GetString());
        Assert.Contains("never was", (await RevokeAsync("apr_none")).Ended(6).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Emergency_OfOneWhoIsNamedForIt_IsOnRecordWithItsTicket()
    {
        await NameForEmergenciesAsync(Environment.UserName);

        var broken = (await BreakGlassAsync("INC-1")).Ended(0).Data();

        Assert.Equal("approved", broken.GetProperty("state").GetString());
        Assert.Equal("INC-1", broken.GetProperty("break_glass").GetProperty("ticket").GetString());
        var changes = (await _folder.RunAsync("changes list --tenant demo --kind break_glass --json")).Ended(0).Data();
        var change = Assert.Single(changes.GetProperty("changes").EnumerateArray());
        Assert.Equal("INC-1", change.GetProperty("after").GetProperty("ticket").GetString());
        Assert.Equal("critical", change.GetProperty("after").GetProperty("severity").GetString());
        Assert.Contains("INC-1", (await _folder.RunAsync($"approvals show {Id} --tenant demo")).Ended(0).Output, StringComparison.Ordinal);
        Assert.Contains("approved", (await BreakGlassAsync("INC-1")).Ended(6).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Emergency_WithoutATicket_OrOfSomebodyElse_OpensNothing()
    {
        await NameForEmergenciesAsync("somebody-else");

        Assert.Contains("emergency", (await BreakGlassAsync("INC-1")).Ended(6).Output, StringComparison.Ordinal);
        Assert.Contains("ticket", (await BreakGlassAsync(" ")).Ended(6).Output, StringComparison.Ordinal);
        Assert.Equal("pending", (await ShowAsync()).GetProperty("state").GetString());
    }

    [Fact]
    public async Task Emergency_OfATenantThatIsNotEntitled_IsRefusedOnRecord()
    {
        Assert.Contains("break_glass", (await BreakGlassAsync("INC-1")).Ended(3).Output, StringComparison.Ordinal);

        var changes = (await _folder.RunAsync("changes list --tenant demo --kind use_refused --json")).Ended(0).Data();
        Assert.Single(changes.GetProperty("changes").EnumerateArray());
        Assert.Equal("pending", (await ShowAsync()).GetProperty("state").GetString());
    }

    private Task<CommandRun> BreakGlassAsync(string ticket) =>
        _folder.RunAsync([
            "approvals",
            "break-glass",
            Id,
            "--tenant",
            "demo",
            "--view",
            View,
            "--reason",
            "payroll is late",
            "--ticket",
            ticket,
            "--json",
        ]);

    private async Task NameForEmergenciesAsync(string person)
    {
        await MakeMemberAsync(person);
        var permissions = Path.Combine(_folder.Governance, "permissions.yaml");
        await File.WriteAllTextAsync(
            permissions,
            (await File.ReadAllTextAsync(permissions)).Replace(
                "  quorum: 1\n",
                "  quorum: 2\n  breakGlass: {groups: [finance]}\n",
                StringComparison.Ordinal
            )
        );
        var tenant = Path.Combine(_folder.Governance, "tenant.yaml");
        await File.WriteAllTextAsync(
            tenant,
            (await File.ReadAllTextAsync(tenant)).Replace("entitlements: [", "entitlements: [break_glass, ", StringComparison.Ordinal)
        );
    }

    private Task<CommandRun> RevokeAsync(string id) =>
        _folder.RunAsync(["approvals", "revoke", id, "--tenant", "demo", "--reason", "by mistake"]);

    private async Task<System.Text.Json.JsonElement> ShowAsync() =>
        (await _folder.RunAsync($"approvals show {Id} --tenant demo --json")).Ended(0).Data();

    private Task<CommandRun> VoteAsync(string command, string view) =>
        _folder.RunAsync(["approvals", command, Id, "--tenant", "demo", "--view", view, "--reason", "looked at it", "--json"]);

    private Task MakeMemberAsync(string person) =>
        File.WriteAllTextAsync(
            Path.Combine(_folder.Governance, "permissions.yaml"),
            File.ReadAllText(Path.Combine(_folder.Governance, "permissions.yaml"))
                .Replace("[cleo, dora]", $"[{person}]", StringComparison.Ordinal)
        );
}
