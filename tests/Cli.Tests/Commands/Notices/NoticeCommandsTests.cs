using Gateway.Connectors.Contracts;
using Gateway.Connectors.Stores;
using Gateway.Policy.Model;

namespace Gateway.Cli.Tests.Commands.Notices;

/// <summary>Dead letters are seen and sent again by command, on record.</summary>
public sealed class NoticeCommandsTests : IAsyncLifetime
{
    private static readonly Id<Tenant> Demo = Id<Tenant>.Parse("demo");
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly CommandFolder _folder = new();

    public async Task InitializeAsync()
    {
        await using var store = Open();
        await store.PrepareAsync([Demo], None);
        var now = TimeProvider.System.GetUtcNow();
        var origin = new ChangeOrigin("gateway", "here", "");
        foreach (var id in new[] { "a", "b", "c" })
        {
            await new ApprovalStore(store.Databases, origin).AskAsync(
                Demo,
                new ApprovalRecord
                {
                    Id = "apr_" + id,
                    Agent = "assistant",
                    Action = "act-" + id,
                    View = "{}",
                    ViewDigest = "view",
                    Gates = ["payments"],
                    Needed = 1,
                    DecisionId = "d-1",
                    At = now,
                    Ends = now.AddHours(1),
                    TimeToUse = TimeSpan.FromMinutes(15),
                },
                most: 10,
                None
            );
        }

        var notices = new NoticeStore(store.Databases, origin);
        await notices.FollowAsync(Demo, happened => [NoticeOf(happened)], None);
        foreach (var channel in new[] { "to-apr_a", "to-apr_b" })
        {
            var taken = await notices.TakeAsync(Demo, channel, now, TimeSpan.FromMinutes(1), None);
            await notices.FailedAsync(Demo, taken!, "It answered 503.", null, now, None);
        }
    }

    public Task DisposeAsync()
    {
        _folder.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task DeadLetters_AreListed_WithWhy()
    {
        var dead = (await _folder.RunAsync("notices list --tenant demo --dead")).Ended(0).Output;
        var all = (await _folder.RunAsync("notices list --tenant demo --json")).Ended(0).Data().GetProperty("notices");

        Assert.Contains("ntc_apr_a", dead, StringComparison.Ordinal);
        Assert.Contains("It answered 503.", dead, StringComparison.Ordinal);
        Assert.DoesNotContain("ntc_apr_c", dead, StringComparison.Ordinal);
        Assert.Equal(["dead", "dead", "waiting"], all.EnumerateArray().Select(one => one.GetProperty("state").GetString()).Order());
    }

    [Fact]
    public async Task DeadLetter_IsSentAgain_OnRecord()
    {
        (await _folder.RunAsync("notices resend ntc_apr_a --tenant demo")).Ended(0);

        Assert.Contains(
            "no dead letter",
            (await _folder.RunAsync("notices resend ntc_apr_a --tenant demo")).Ended(6).Error,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "no dead letter",
            (await _folder.RunAsync("notices resend ntc_none --tenant demo")).Ended(6).Error,
            StringComparison.Ordinal
        );
        var changes = (await _folder.RunAsync("changes list --tenant demo --kind notice_resent --json")).Ended(0).Data();
        var change = Assert.Single(changes.GetProperty("changes").EnumerateArray());
        Assert.Equal("ntc_apr_a", change.GetProperty("subject").GetString());
        Assert.Contains(Environment.UserName, change.GetProperty("by").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AllDeadLetters_AreSentAgain()
    {
        var resent = (await _folder.RunAsync("notices resend --all --tenant demo --json")).Ended(0).Data().GetProperty("resent");

        Assert.Equal(["ntc_apr_a", "ntc_apr_b"], resent.EnumerateArray().Select(one => one.GetString()).Order());
        Assert.Contains(
            "no dead letter",
            (await _folder.RunAsync("notices resend --all --tenant demo")).Ended(0).Output,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("notices resend --tenant demo")]
    [InlineData("notices resend ntc_apr_a --all --tenant demo")]
    public async Task WhatIsToBeSentAgain_MustBeSaid(string command) =>
        Assert.Contains("--all", (await _folder.RunAsync(command)).Ended(6).Error, StringComparison.Ordinal);

    private SqliteStore Open() => new(Path.Combine(_folder.Data, "store"), TimeSpan.FromSeconds(5));

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
}
