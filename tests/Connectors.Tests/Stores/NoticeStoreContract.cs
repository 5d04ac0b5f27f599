using Gateway.Connectors.Contracts;
using Gateway.Connectors.Stores;
using Gateway.Policy.Model;
using Gateway.Testing;

namespace Gateway.Connectors.Tests.Stores;

/// <summary>What becomes of a notice, whatever it is kept in: none is lost or made twice, and one sends it at a time.</summary>
public abstract class NoticeStoreContract : IAsyncLifetime
{
    private const string Channel = "hook";

    private static readonly Id<Tenant> Acme = Id<Tenant>.Parse("acme");
    private static readonly DateTimeOffset At = new(2030, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);
    private static readonly CancellationToken None = CancellationToken.None;

    private SqlStore _store = null!;

    private ApprovalStore Approvals => new(_store.Databases, new ChangeOrigin("os:test", "here", ""));

    private NoticeStore Notices => new(_store.Databases, new ChangeOrigin("os:test", "here", ""));

    protected abstract SqlStore Open();

    public virtual async Task InitializeAsync()
    {
        _store = Open();
        await _store.PrepareAsync([Acme], None);
    }

    public virtual async Task DisposeAsync() => await _store.DisposeAsync();

    [Fact]
    public async Task EachStepThatPeopleAreToldOf_IsHandedOutOnce_InItsOrder()
    {
        await AskAsync("a", "act");
        await VoteAsync("a", "cleo");
        await VoteAsync("a", "dora");
        await AskAsync("b", "another");
        await Approvals.RevokeAsync(Acme, "b", At, None);
        await AskAsync("c", "third");
        await VoteAsync("c", "cleo", approves: false);
        await AskAsync("d", "fourth");
        var digest = (await Approvals.FindAsync(Acme, "d", At, None))!.ViewDigest;
        await Approvals.BreakGlassAsync(Acme, "d", new BrokenGlass("flo", digest, At, "late", "INC-1"), perDay: 1, None);

        var told = new List<(NoticeEvent, string, string)>();
        await Notices.FollowAsync(Acme, happened => Note(told, happened), None);
        await Notices.FollowAsync(Acme, happened => Note(told, happened), None);

        Assert.Equal(
            [
                (NoticeEvent.ApprovalAsked, "a", "pending"),
                (NoticeEvent.ApprovalDecided, "a", "approved"),
                (NoticeEvent.ApprovalAsked, "b", "pending"),
                (NoticeEvent.ApprovalEnded, "b", "revoked"),
                (NoticeEvent.ApprovalAsked, "c", "pending"),
                (NoticeEvent.ApprovalDecided, "c", "denied"),
                (NoticeEvent.ApprovalAsked, "d", "pending"),
                (NoticeEvent.ApprovalBrokenGlass, "d", "approved"),
            ],
            told
        );
    }

    [Fact]
    public async Task FollowersAtOnce_OnTwoReplicas_MakeEachNoticeOnce()
    {
        for (var i = 0; i < 150; i++)
        {
            await AskAsync($"a{i}", $"act{i}");
        }

        await using var second = Open();
        await second.PrepareAsync([Acme], None);
        var stores = new[] { Notices, new NoticeStore(second.Databases, new ChangeOrigin("os:test", "there", "")) };

        var made = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(i => Task.Run(() => stores[i % 2].FollowAsync(Acme, happened => [NoticeOf(happened)], None)))
        );

        Assert.Equal(150, made.Sum());
        Assert.Equal(150, (await Notices.ListAsync(Acme, NoticeState.Waiting, 1000, None)).Count);
    }

    [Fact]
    public async Task FollowerThatIsKilled_LosesNothing()
    {
        await AskAsync("a", "act");

        await Assert.ThrowsAnyAsync<Exception>(() => Notices.FollowAsync(Acme, _ => throw new InvalidOperationException("killed"), None));
        Assert.Empty(await Notices.ListAsync(Acme, null, 10, None));

        Assert.Equal(1, await Notices.FollowAsync(Acme, happened => [NoticeOf(happened)], None));
    }

    [Fact]
    public async Task NoticeThatIsDue_IsTakenByOne_HoweverManyTryOnTwoReplicas()
    {
        var made = await MakeAsync();
        await using var second = Open();
        await second.PrepareAsync([Acme], None);
        var stores = new[] { Notices, new NoticeStore(second.Databases, new ChangeOrigin("os:test", "there", "")) };

        var taken = await Task.WhenAll(
            Enumerable.Range(0, 40).Select(i => Task.Run(() => stores[i % 2].TakeAsync(Acme, Channel, At, Lease, None)))
        );

        Assert.Equal(made.Id, Assert.Single(taken, one => one is not null)!.Id);
    }

    [Fact]
    public async Task NoticeWhoseSenderIsGone_IsTakenAgainAfterItsLease_UnderTheSameId_AndTheOldSenderChangesNothing()
    {
        await MakeAsync();
        var first = await Notices.TakeAsync(Acme, Channel, At, Lease, None);
        Assert.Null(await Notices.TakeAsync(Acme, Channel, At + Lease / 2, Lease, None));
        var second = await Notices.TakeAsync(Acme, Channel, At + Lease, Lease, None);

        Assert.Equal(first!.Id, second!.Id);
        Assert.False(await Notices.SentAsync(Acme, first, At, None));
        Assert.False(await Notices.FailedAsync(Acme, first, "late", null, At, None));
        Assert.True(await Notices.SentAsync(Acme, second, At + Lease, None));
        Assert.False(await Notices.SentAsync(Acme, second, At + Lease, None));
        var sent = Assert.Single(await Notices.ListAsync(Acme, NoticeState.Sent, 10, None));
        Assert.Equal((1, "", null), (sent.Attempts, sent.Problem, sent.Holder));
    }

    [Fact]
    public async Task NoticeThatIsGivenBack_IsDueAtOnce_AndNoAttemptIsCounted()
    {
        await MakeAsync();
        await Notices.ReturnAsync(Acme, (await Notices.TakeAsync(Acme, Channel, At, Lease, None))!, At, None);

        Assert.Equal(0, (await Notices.TakeAsync(Acme, Channel, At, Lease, None))!.Attempts);
    }

    [Fact]
    public async Task NoticeThatFails_IsDueLater_AndInTheEndADeadLetter_ThatCanBeSentAgain_OnRecord()
    {
        var made = await MakeAsync();
        var taken = await Notices.TakeAsync(Acme, Channel, At, Lease, None);
        Assert.True(await Notices.FailedAsync(Acme, taken!, "It answered 503.", At.AddMinutes(1), At, None));

        Assert.Null(await Notices.TakeAsync(Acme, Channel, At.AddSeconds(59), Lease, None));
        Assert.Equal([(Channel, At.AddMinutes(1))], await Notices.DueAsync(Acme, None));
        Assert.False(await Notices.ResendAsync(Acme, made.Id, At, None)); // It isn't dead.
        taken = await Notices.TakeAsync(Acme, Channel, At.AddMinutes(1), Lease, None);
        Assert.True(await Notices.FailedAsync(Acme, taken!, "It answered 504.", null, At.AddMinutes(1), None));

        var dead = Assert.Single(await Notices.ListAsync(Acme, NoticeState.Dead, 10, None));
        Assert.Equal((2, "It answered 504.", made.Id), (dead.Attempts, dead.Problem, dead.Id));
        Assert.Empty(await Notices.DueAsync(Acme, None));
        Assert.True(await Notices.ResendAsync(Acme, made.Id, At.AddMinutes(2), None));
        Assert.False(await Notices.ResendAsync(Acme, made.Id, At.AddMinutes(2), None));
        Assert.Equal(0, (await Notices.TakeAsync(Acme, Channel, At.AddMinutes(2), Lease, None))!.Attempts);

        var notes = (await _store.UnrecordedAsync(Acme, None)).Where(note => note.Subject == made.Id).ToList();
        Assert.Equal([GovernedChange.NoticeDead, GovernedChange.NoticeResent], notes.Select(note => note.Kind));
        Assert.Equal(("dead", "It answered 504."), (notes[0].After["state"], notes[0].After["problem"]));
        Assert.Equal(("dead", "waiting"), (notes[1].Before["state"], notes[1].After["state"]));
    }

    [Fact]
    public async Task Notices_HavePages_OfOneStateToo()
    {
        string[] made = [(await MakeAsync("a")).Id, (await MakeAsync("b")).Id, (await MakeAsync("c")).Id];
        var seen = new List<NoticeRecord>();
        while (
            await Notices.PageAsync(Acme, NoticeState.Waiting, seen is [.., var last] ? (last.At, last.Id) : null, 2, None) is [_, ..] page
        )
        {
            seen.AddRange(page);
        }

        Assert.Equal(made.Order(StringComparer.Ordinal), seen.Select(one => one.Id));
        Assert.Empty(await Notices.PageAsync(Acme, NoticeState.Dead, after: null, 2, None));
    }

    [Fact]
    public async Task ResendingAtOnce_HasItSentOnce()
    {
        var made = await MakeAsync();
        await Notices.FailedAsync(Acme, (await Notices.TakeAsync(Acme, Channel, At, Lease, None))!, "no", null, At, None);

        var resent = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => Notices.ResendAsync(Acme, made.Id, At, None))));

        Assert.Equal(1, resent.Count(one => one));
    }

    [Fact]
    public async Task WhatWasSentLongAgo_IsRemoved_AndWhatWaitsStays()
    {
        await MakeAsync();
        await Notices.SentAsync(Acme, (await Notices.TakeAsync(Acme, Channel, At, Lease, None))!, At, None);
        await MakeAsync("b");
        await Notices.FailedAsync(Acme, (await Notices.TakeAsync(Acme, Channel, At, Lease, None))!, "no", null, At, None);
        await MakeAsync("c");

        Assert.Equal(0, await Notices.RemoveOldAsync(Acme, At + NoticeStore.SentAreKept, None));
        Assert.Equal(1, await Notices.RemoveOldAsync(Acme, At + NoticeStore.SentAreKept + Lease, None));
        Assert.Equal(1, await Notices.RemoveOldAsync(Acme, At + NoticeStore.DeadAreKept + Lease, None));
        Assert.Equal(NoticeState.Waiting, Assert.Single(await Notices.ListAsync(Acme, null, 10, None)).State);
    }

    private async Task<NoticeRecord> MakeAsync(string id = "a")
    {
        await AskAsync(id, "act" + id);
        NoticeRecord? made = null;
        await Notices.FollowAsync(Acme, happened => [made = NoticeOf(happened)], None);
        return made!;
    }

    private static IEnumerable<NoticeRecord> Note(List<(NoticeEvent, string, string)> told, ApprovalEvent happened)
    {
        told.Add((happened.Event, happened.Approval.Id, happened.State));
        return [];
    }

    private static NoticeRecord NoticeOf(ApprovalEvent happened) =>
        new()
        {
            Id = "ntc_" + happened.ChangeId,
            Channel = Channel,
            Event = happened.Event,
            Approval = happened.Approval.Id,
            Facts = "{}",
            At = happened.At,
            Due = happened.At,
        };

    private Task AskAsync(string id, string action) =>
        Approvals.AskAsync(
            Acme,
            new ApprovalRecord
            {
                Id = id,
                Agent = "assistant",
                Action = action,
                View = "{}",
                ViewDigest = "view",
                Gates = ["payments"],
                Needed = 2,
                DecisionId = "d-1",
                At = At,
                Ends = At.AddHours(1),
                TimeToUse = TimeSpan.FromMinutes(15),
            },
            most: 1000,
            None
        );

    private Task VoteAsync(string id, string person, bool approves = true) =>
        Approvals.VoteAsync(Acme, id, new ApprovalVote(person, approves, "view", At, "looked at it"), None);
}

public sealed class SqliteNoticeStoreTests : NoticeStoreContract, IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    protected override SqlStore Open() => new SqliteStore(_directory.File("store"), TimeSpan.FromSeconds(30));
}

public sealed class PostgresNoticeStoreTests : NoticeStoreContract
{
    private Func<SqlStore> _open = null!;

    public override async Task InitializeAsync()
    {
        _open = await FreshPostgres.OpenerAsync();
        await base.InitializeAsync();
    }

    protected override SqlStore Open() => _open();
}
