using Gateway.Connectors.Contracts;
using Gateway.Connectors.Stores;
using Gateway.Policy.Model;
using Gateway.Testing;

namespace Gateway.Connectors.Tests.Stores;

/// <summary>What becomes of an approval, whatever it is kept in: each vote counts once, and it is used once.</summary>
public abstract class ApprovalStoreContract : IAsyncLifetime
{
    private const string View = "view";
    private const int Many = 200;

    private static readonly Id<Tenant> Acme = Id<Tenant>.Parse("acme");
    private static readonly DateTimeOffset At = new(2030, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private static readonly CancellationToken None = CancellationToken.None;

    private SqlStore _store = null!;

    private ApprovalStore Approvals => new(_store.Databases, new ChangeOrigin("os:test", "here", ""));

    protected abstract SqlStore Open();

    public virtual async Task InitializeAsync()
    {
        _store = Open();
        await _store.PrepareAsync([Acme], None);
    }

    public virtual async Task DisposeAsync() => await _store.DisposeAsync();

    [Fact]
    public async Task Request_IsFoundAsItWas_AndEqualOnesAreOne()
    {
        var asked = await Approvals.AskAsync(Acme, Request("a"), most: 10, None);
        var again = await Approvals.AskAsync(Acme, Request("b"), most: 10, None);

        Assert.Equal(("a", "a"), (asked!.Id, again!.Id));
        var found = await Approvals.FindAsync(Acme, "a", At, None);
        Assert.Equal((ApprovalState.Pending, "{}", 2), (found!.State, found.View, found.Needed));
        Assert.Equal("a", (await Approvals.FindLiveAsync(Acme, "act", At, None))!.Id);
        Assert.Null(await Approvals.FindAsync(Acme, "b", At, None));
    }

    [Fact]
    public async Task AgentWithTooManyRequests_AsksForNoMore()
    {
        Assert.NotNull(await Approvals.AskAsync(Acme, Request("a"), most: 1, None));
        Assert.Null(await Approvals.AskAsync(Acme, Request("b") with { Action = "another" }, most: 1, None));
        Assert.NotNull(await Approvals.AskAsync(Acme, Request("c") with { Action = "another", Agent = "other" }, most: 1, None));
    }

    [Fact]
    public async Task Votes_OfEnoughPeople_ApproveIt_AndItsTimeToBeUsedBegins()
    {
        await Approvals.AskAsync(Acme, Request("a"), most: 10, None);

        Assert.Equal(ApprovalState.Pending, await VoteAsync("os:cleo"));
        Assert.Equal(ApprovalState.Approved, await VoteAsync("dora"));
        var approved = await Approvals.FindAsync(Acme, "a", At, None);
        Assert.Equal(At.AddMinutes(15), approved!.Ends);
        Assert.Equal(["dora", "os:cleo"], approved.ToFact().People);
        Assert.Equal(ApprovalState.Expired, (await Approvals.FindAsync(Acme, "a", At.AddMinutes(15), None))!.State);
        Assert.False(await Approvals.ConsumeAsync(Acme, "a", "late", At.AddMinutes(15), None));
    }

    [Fact]
    public async Task OneNo_EndsIt()
    {
        await Approvals.AskAsync(Acme, Request("a"), most: 10, None);

        Assert.Equal(ApprovalState.Denied, await VoteAsync("cleo", approves: false));
        Assert.Equal(VoteOutcome.Ended, (await Approvals.VoteAsync(Acme, "a", Vote("dora"), None)).Outcome);
        Assert.False(await Approvals.ConsumeAsync(Acme, "a", "use", At, None));
    }

    [Theory]
    [InlineData("cleo", "cleo", VoteOutcome.Repeated)]
    [InlineData("cleo", " OS:Cleo", VoteOutcome.Repeated)]
    [InlineData("cleo", "dora", VoteOutcome.Counted)]
    public async Task Person_VotesOnce_HoweverTheNameIsSpelt(string first, string second, VoteOutcome outcome)
    {
        await Approvals.AskAsync(Acme, Request("a"), most: 10, None);
        await VoteAsync(first);

        Assert.Equal(outcome, (await Approvals.VoteAsync(Acme, "a", Vote(second), None)).Outcome);
    }

    [Fact]
    public async Task Vote_OnAnotherView_OrOnNothing_OrTooLate_IsNotCounted()
    {
        await Approvals.AskAsync(Acme, Request("a"), most: 10, None);

        var other = Vote("cleo") with { ViewDigest = "other" };
        Assert.Equal(VoteOutcome.OfAnotherView, (await Approvals.VoteAsync(Acme, "a", other, None)).Outcome);
        Assert.Equal(VoteOutcome.Unknown, (await Approvals.VoteAsync(Acme, "b", Vote("cleo"), None)).Outcome);
        var late = Vote("cleo") with { At = At.AddHours(1) };
        Assert.Equal(VoteOutcome.Ended, (await Approvals.VoteAsync(Acme, "a", late, None)).Outcome);
        Assert.Equal(ApprovalState.Expired, (await Approvals.FindAsync(Acme, "a", At, None))!.State);
    }

    [Fact]
    public async Task Approval_IsUsedOnce_HoweverManyTryOnTwoReplicas()
    {
        await Approvals.AskAsync(Acme, Request("a"), most: 10, None);
        await VoteAsync("cleo");
        await VoteAsync("dora");
        await using var second = Open();
        await second.PrepareAsync([Acme], None);
        var stores = new[] { Approvals, new ApprovalStore(second.Databases, new ChangeOrigin("os:test", "there", "")) };

        var used = await Task.WhenAll(
            Enumerable
                .Range(0, Many)
                .Select(i => Task.Run(() => TryAsync(() => stores[i % 2].ConsumeAsync(Acme, "a", $"use-{i}", At, None))))
        );

        Assert.Equal(1, used.Count(one => one));
        Assert.Equal(ApprovalState.Consumed, (await Approvals.FindAsync(Acme, "a", At, None))!.State);
    }

    [Fact]
    public async Task Votes_AtOnce_CountEachPersonOnce()
    {
        await Approvals.AskAsync(Acme, Request("a") with { Needed = 3 }, most: 10, None);
        string[] people = ["cleo", "dora"];

        var counted = await Task.WhenAll(
            Enumerable
                .Range(0, Many)
                .Select(i =>
                    Task.Run(() =>
                        TryAsync(async () =>
                            (await Approvals.VoteAsync(Acme, "a", Vote(people[i % 2]), None)).Outcome == VoteOutcome.Counted
                        )
                    )
                )
        );

        Assert.Equal(2, counted.Count(one => one));
        Assert.Equal(ApprovalState.Pending, (await Approvals.FindAsync(Acme, "a", At, None))!.State);
    }

    [Fact]
    public async Task WhatIsTakenBack_IsNotUsed_AndANewOneCanBeAskedFor()
    {
        await Approvals.AskAsync(Acme, Request("a"), most: 10, None);
        await VoteAsync("cleo");
        await VoteAsync("dora");

        Assert.True(await Approvals.RevokeAsync(Acme, "a", At, None));
        Assert.False(await Approvals.RevokeAsync(Acme, "a", At, None));
        Assert.False(await Approvals.ConsumeAsync(Acme, "a", "use", At, None));
        Assert.Equal("b", (await Approvals.AskAsync(Acme, Request("b"), most: 10, None))!.Id);
    }

    [Fact]
    public async Task WhatItsAgentTakesBack_IsCancelled_AndNoOtherAgentCan()
    {
        await Approvals.AskAsync(Acme, Request("a"), most: 10, None);
        await VoteAsync("cleo");
        await VoteAsync("dora");

        Assert.False(await Approvals.CancelAsync(Acme, "a", "other", At, None));
        Assert.True(await Approvals.CancelAsync(Acme, "a", "assistant", At, None));
        Assert.False(await Approvals.CancelAsync(Acme, "a", "assistant", At, None));
        Assert.False(await Approvals.ConsumeAsync(Acme, "a", "use", At, None));
        Assert.Equal(ApprovalState.Cancelled, (await Approvals.FindAsync(Acme, "a", At, None))!.State);
        Assert.Equal("b", (await Approvals.AskAsync(Acme, Request("b"), most: 10, None))!.Id);
        var note = (await _store.UnrecordedAsync(Acme, None)).Single(one => one.Kind == GovernedChange.ApprovalEnded);
        Assert.Equal(("agent:assistant", "cancelled"), (note.Origin.By, note.After["state"]));
    }

    [Fact]
    public async Task Pending_AreThoseThatWaitForPeople_AndNoneThatIsDecided()
    {
        await Approvals.AskAsync(Acme, Request("a"), most: 10, None);
        await Approvals.AskAsync(Acme, Request("b") with { Action = "another", Ends = At.AddDays(1) }, most: 10, None);
        Assert.Equal(
            [new PendingApproval(At, At.AddHours(1)), new PendingApproval(At, At.AddDays(1))],
            (await Approvals.PendingAsync(Acme, None)).OrderBy(one => one.Ends)
        );

        await VoteAsync("cleo");
        await VoteAsync("dora");
        Assert.Equal(At.AddDays(1), Assert.Single(await Approvals.PendingAsync(Acme, None)).Ends);
        await Approvals.RevokeAsync(Acme, "b", At, None);
        Assert.Empty(await Approvals.PendingAsync(Acme, None));
    }

    [Fact]
    public async Task WhatEndedAMonthAgo_IsForgotten_AndNothingElse()
    {
        await Approvals.AskAsync(Acme, Request("a"), most: 10, None);
        await VoteAsync("cleo", approves: false);
        await Approvals.AskAsync(Acme, Request("b"), most: 10, None);
        await Approvals.RevokeAsync(Acme, "b", At.AddMinutes(30), None);
        await Approvals.AskAsync(Acme, Request("c") with { Ends = At.AddDays(365) }, most: 10, None);

        var later = At.AddDays(30);
        await Approvals.AskAsync(Acme, Request("d") with { Action = "another", At = later, Ends = later.AddHours(1) }, most: 10, None);

        Assert.Equal(["d", "b", "c"], (await Approvals.ListAsync(Acme, later, most: 10, None)).Select(one => one.Id));
    }

    [Fact]
    public async Task Emergency_ApprovesAlone_ForFiveMinutes_OnRecord()
    {
        await Approvals.AskAsync(Acme, Request("a"), most: 10, None);
        await VoteAsync("cleo");

        var (outcome, after) = await Approvals.BreakGlassAsync(Acme, "a", Glass("os:Flo"), perDay: 3, None);

        Assert.Equal((VoteOutcome.Counted, ApprovalState.Approved), (outcome, after!.State));
        Assert.Equal(At.AddMinutes(5), after.Ends);
        var found = await Approvals.FindAsync(Acme, "a", At, None);
        Assert.Equal(new ApprovalFact("a", TermSet<string>.Of(["os:Flo"]), BreakGlass: true), found!.ToFact());
        Assert.False(await Approvals.ConsumeAsync(Acme, "a", "late", At.AddMinutes(5), None));
        Assert.True(await Approvals.ConsumeAsync(Acme, "a", "use", At.AddMinutes(4), None));
        var note = (await _store.UnrecordedAsync(Acme, None)).Single(one => one.Kind == GovernedChange.BreakGlass);
        Assert.Equal("a", note.Subject);
        Assert.Equal(
            ("os:Flo", "payroll", "INC-1", "critical", View),
            (note.After["break_glass"], note.After["reason"], note.After["ticket"], note.After["severity"], note.After["view"])
        );
        Assert.Contains("expires", note.After.Keys);
    }

    [Fact]
    public async Task Emergency_IsOfWhatIsPendingAndWasShown_AndOfSomebody()
    {
        await Approvals.AskAsync(Acme, Request("a"), most: 10, None);

        Assert.Equal(VoteOutcome.Unknown, await BreakAsync("none", Glass("flo")));
        Assert.Equal(VoteOutcome.OfAnotherView, await BreakAsync("a", Glass("flo") with { ViewDigest = "other" }));
        Assert.Equal(VoteOutcome.TooOften, await BreakAsync("a", Glass(" ")));
        Assert.Equal(VoteOutcome.TooOften, await BreakAsync("a", Glass("flo"), perDay: 0));
        await VoteAsync("cleo", approves: false);
        Assert.Equal(VoteOutcome.Ended, await BreakAsync("a", Glass("flo")));
    }

    [Fact]
    public async Task Emergencies_OfOnePerson_AreFewInADay_HoweverTheNameIsSpelt_AndManyTryAtOnce()
    {
        string[] ids = [.. Enumerable.Range(0, 20).Select(i => $"a{i}")];
        foreach (var id in ids)
        {
            await Approvals.AskAsync(Acme, Request(id) with { Action = id, Ends = At.AddDays(3) }, most: 100, None);
        }

        var broken = await Task.WhenAll(
            ids.Select(
                (id, i) =>
                    Task.Run(() =>
                        TryAsync(async () => await BreakAsync(id, Glass(i % 2 == 0 ? "flo" : "OS:Flo"), 9) == VoteOutcome.Counted)
                    )
            )
        );

        Assert.Equal(3, broken.Count(one => one));
        var pending = (await Approvals.ListAsync(Acme, At, most: 100, None)).First(one => one.State == ApprovalState.Pending).Id;
        Assert.Equal(VoteOutcome.TooOften, await BreakAsync(pending, Glass("flo") with { At = At.AddHours(23) }));
        Assert.Equal(VoteOutcome.Counted, await BreakAsync(pending, Glass("flo") with { At = At.AddHours(25) }));
    }

    private async Task<VoteOutcome> BreakAsync(string id, BrokenGlass glass, int perDay = 3) =>
        (await Approvals.BreakGlassAsync(Acme, id, glass, perDay, None)).Outcome;

    private static BrokenGlass Glass(string person) => new(person, View, At, "payroll", "INC-1");

    [Fact]
    public async Task EachStep_IsToBePutOnRecord()
    {
        await Approvals.AskAsync(Acme, Request("a"), most: 10, None);
        await VoteAsync("cleo");
        await VoteAsync("dora");
        await Approvals.ConsumeAsync(Acme, "a", "use", At, None);
        await Approvals.AskAsync(Acme, Request("b"), most: 10, None);
        await Approvals.AskAsync(Acme, Request("c") with { Action = "another", At = At.AddHours(2) }, most: 10, None);

        var notes = await _store.UnrecordedAsync(Acme, None);

        Assert.Equal(
            [
                (GovernedChange.ApprovalAsked, "a", "pending"),
                (GovernedChange.ApprovalVoted, "a", "pending"),
                (GovernedChange.ApprovalVoted, "a", "approved"),
                (GovernedChange.ApprovalUsed, "a", "consumed"),
                (GovernedChange.ApprovalAsked, "b", "pending"),
                (GovernedChange.ApprovalEnded, "b", "expired"),
                (GovernedChange.ApprovalAsked, "c", "pending"),
            ],
            notes.Select(note => (note.Kind, note.Subject, note.After["state"]))
        );
        Assert.Equal("use", notes[3].After["used_by"]);
    }

    /// <summary>A store that is busy refuses, which is no use.</summary>
    private static async Task<bool> TryAsync(Func<Task<bool>> tryAsync)
    {
        try
        {
            return await tryAsync();
        }
        catch (DurableStoreException)
        {
            return false;
        }
    }

    private async Task<ApprovalState> VoteAsync(string person, bool approves = true) =>
        (await Approvals.VoteAsync(Acme, "a", Vote(person) with { Approves = approves }, None)).Record!.State;

    private static ApprovalVote Vote(string person) => new(person, Approves: true, View, At, "looked at it");

    private static ApprovalRecord Request(string id) =>
        new()
        {
            Id = id,
            Agent = "assistant",
            Action = "act",
            View = "{}",
            ViewDigest = View,
            Gates = ["payments"],
            Needed = 2,
            DecisionId = "d-1",
            At = At,
            Ends = At.AddHours(1),
            TimeToUse = TimeSpan.FromMinutes(15),
        };
}

public sealed class SqliteApprovalStoreTests : ApprovalStoreContract, IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    protected override SqlStore Open() => new SqliteStore(_directory.File("store"), TimeSpan.FromSeconds(30));
}

public sealed class PostgresApprovalStoreTests : ApprovalStoreContract
{
    private Func<SqlStore> _open = null!;

    public override async Task InitializeAsync()
    {
        _open = await FreshPostgres.OpenerAsync();
        await base.InitializeAsync();
    }

    protected override SqlStore Open() => _open();
}
