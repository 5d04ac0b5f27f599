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
