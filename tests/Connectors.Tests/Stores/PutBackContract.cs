using Gateway.Connectors.Contracts;
using Gateway.Connectors.Stores;
using Gateway.Policy.Model;
using Gateway.Testing;

namespace Gateway.Connectors.Tests.Stores;

/// <summary>
/// A store that is put back from a copy, whatever it is kept in: what the journal knows wins. The notes that were taken for the journal
/// stand for it.
/// </summary>
public abstract class PutBackContract : IAsyncLifetime
{
    private static readonly Id<Tenant> Acme = Id<Tenant>.Parse("acme");
    private static readonly Id<Agent> Assistant = Id<Agent>.Parse("assistant");
    private static readonly DateTimeOffset At = new(2030, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private static readonly ChangeOrigin Origin = new("os:test", "here", "INC-42");
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly List<ChangeNote> _journal = [];
    private SqlStore _store = null!;

    private ApprovalStore Approvals => new(_store.Databases, Origin);
    private KillStore Kills => new(_store.Databases, Origin);
    private OperatorStore Operators => new(_store.Databases, Origin);
    private StoreReconciliation Reconciliation => new(_store.Databases, Origin);

    protected abstract SqlStore Open();

    /// <summary>Takes a copy of all there is.</summary>
    protected abstract Task CopyAsync();

    /// <summary>Puts the copy in the place of what is there.</summary>
    protected abstract Task PutBackAsync();

    public virtual async Task InitializeAsync()
    {
        _store = Open();
        await _store.PrepareAsync([Acme], None);
    }

    public virtual async Task DisposeAsync() => await _store.DisposeAsync();

    [Fact]
    public async Task PutBack_UnderAProcessThatSawMore_GivesNothing_UntilItIsHeldAgainstTheJournal()
    {
        await AddCredentialAsync("a");
        await CopyAsync();
        await _store.RevokeCredentialAsync(Acme, "a", At, None);
        await RecordAsync();
        await PutBackAsync();

        var refused = await Assert.ThrowsAsync<DurableStoreException>(() => _store.FindCredentialAsync(Acme, "a", None));
        Assert.Contains("lacks change 2", refused.Message, StringComparison.Ordinal);
        Assert.Contains("gateway store reconcile", refused.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<DurableStoreException>(() => _store.RevokeCredentialAsync(Acme, "a", At, None));
        await Assert.ThrowsAsync<DurableStoreException>(() => _store.ChangesAfterAsync(Acme, 0, 10, None));
        await Assert.ThrowsAsync<DurableStoreException>(() => _store.UnrecordedAsync(Acme, None));
        Assert.True(_store.Databases.History.IsPutBack(Acme));

        Assert.Equal(1, await ReconcileAsync());

        Assert.False(_store.Databases.History.IsPutBack(Acme));
        Assert.NotNull((await _store.FindCredentialAsync(Acme, "a", None))!.RevokedAt);
    }

    [Fact]
    public async Task PutBack_AndGoneOnBySomebodyElse_IsToldFromWhatWasThere()
    {
        await AddCredentialAsync("a");
        await CopyAsync();
        await _store.RevokeCredentialAsync(Acme, "a", At, None);
        await PutBackAsync();
        await using var unknowing = Open();
        await unknowing.SetLifecycleAsync(Acme, Assistant, LifecycleStatus.Active, At, None); // Has the number of what was lost.

        await Assert.ThrowsAsync<DurableStoreException>(() => _store.FindCredentialAsync(Acme, "a", None));
    }

    [Fact]
    public async Task WhatAnotherReplicaChanged_IsMissed_OnceItWasFollowed()
    {
        await CopyAsync();
        await using var other = Open();
        await other.SetLifecycleAsync(Acme, Assistant, LifecycleStatus.Suspended, At, None);
        await _store.ChangesAfterAsync(Acme, 0, 10, None);
        await PutBackAsync();

        await Assert.ThrowsAsync<DurableStoreException>(() => _store.FindLifecycleAsync(Acme, Assistant, None));
    }

    [Fact]
    public async Task NewChanges_GetNumbersAboveAllThatWereLost()
    {
        await CopyAsync();
        for (var i = 0; i < 5; i++)
        {
            await AddCredentialAsync($"c{i}");
        }

        await RecordAsync();
        await LoseAsync();

        var changes = await _store.ChangesAfterAsync(Acme, 0, 100, None);
        Assert.Equal((6, GovernedChange.StoreReconciled), (changes[0].Sequence, changes[0].Kind));
        var said = Assert.Single(await _store.UnrecordedAsync(Acme, None));
        Assert.Equal(("0", "5"), (said.Before["newest"], said.After["credential_added"]));
    }

    [Fact]
    public async Task RevokedAndReplacedCredentials_HoldNoLongerThanTheyDid()
    {
        await AddCredentialAsync("a");
        await AddCredentialAsync("b");
        await CopyAsync();
        await _store.RevokeCredentialAsync(Acme, "a", At, None);
        await _store.ReplaceCredentialAsync(Credential("next"), "b", At.AddHours(1), None);
        await RecordAsync();
        await LoseAsync();

        Assert.NotNull((await _store.FindCredentialAsync(Acme, "a", None))!.RevokedAt);
        Assert.Equal(At.AddHours(1), (await _store.FindCredentialAsync(Acme, "b", None))!.ExpiresAt);
        Assert.Null(await _store.FindCredentialAsync(Acme, "next", None));
    }

    [Fact]
    public async Task SuspensionAndDemotion_ThatWereTheLastWord_Hold()
    {
        await _store.SetLifecycleAsync(Acme, Id<Agent>.Parse("resumed"), LifecycleStatus.Active, At, None);
        await _store.SetLevelAsync(Acme, Assistant, AtfLevel.L3, At, None);
        await CopyAsync();
        await _store.SetLifecycleAsync(Acme, Assistant, LifecycleStatus.Suspended, At, None);
        await _store.SetLevelAsync(Acme, Assistant, AtfLevel.L1, At, None);
        await _store.SetLifecycleAsync(Acme, Id<Agent>.Parse("resumed"), LifecycleStatus.Suspended, At, None);
        await _store.SetLifecycleAsync(Acme, Id<Agent>.Parse("resumed"), LifecycleStatus.Active, At, None);
        await RecordAsync();
        await LoseAsync();

        Assert.Equal(LifecycleStatus.Suspended, await _store.FindLifecycleAsync(Acme, Assistant, None));
        Assert.Equal(AtfLevel.L1, await _store.FindLevelAsync(Acme, Assistant, None));
        Assert.Equal(LifecycleStatus.Active, await _store.FindLifecycleAsync(Acme, Id<Agent>.Parse("resumed"), None));
    }

    [Fact]
    public async Task WhatGaveSomething_StaysLost()
    {
        await _store.SetLifecycleAsync(Acme, Assistant, LifecycleStatus.Suspended, At, None);
        await _store.SetLevelAsync(Acme, Assistant, AtfLevel.L1, At, None);
        var kill = await Kills.SetAsync(Acme, Kills.New(KillScope.Agent, "assistant", graceful: false, At), None);
        await AskAsync("voted", needed: 1);
        await CopyAsync();
        await _store.SetLifecycleAsync(Acme, Assistant, LifecycleStatus.Active, At, None);
        await _store.SetLevelAsync(Acme, Assistant, level: null, At, None);
        await Kills.LiftAsync(Acme, kill.Id, At, None);
        await VoteAsync("voted", approves: true);
        await RecordAsync();
        await LoseAsync();

        Assert.Equal(LifecycleStatus.Suspended, await _store.FindLifecycleAsync(Acme, Assistant, None));
        Assert.Equal(AtfLevel.L1, await _store.FindLevelAsync(Acme, Assistant, None));
        Assert.Equal(kill.Id, Assert.Single(await Kills.ListAsync(Acme, None)).Id);
        Assert.Equal(ApprovalState.Pending, (await Approvals.FindAsync(Acme, "voted", At, None))!.State);
    }

    [Fact]
    public async Task UsedDeniedAndEndedApprovals_OpenNothing()
    {
        foreach (var id in new[] { "used", "denied", "revoked", "cancelled", "live" })
        {
            await AskAsync(id, needed: id == "denied" ? 2 : 1);
            await VoteAsync(id, approves: true);
        }

        await CopyAsync();
        Assert.True(await Approvals.ConsumeAsync(Acme, "used", "d-2", At, None));
        await VoteAsync("denied", approves: false);
        Assert.True(await Approvals.RevokeAsync(Acme, "revoked", At, None));
        Assert.True(await Approvals.CancelAsync(Acme, "cancelled", "assistant", At, None));
        await RecordAsync();
        await LoseAsync();

        Assert.Equal((ApprovalState.Consumed, "d-2"), await StateAsync("used"));
        Assert.Equal((ApprovalState.Denied, null), await StateAsync("denied"));
        Assert.Equal((ApprovalState.Revoked, null), await StateAsync("revoked"));
        Assert.Equal((ApprovalState.Cancelled, null), await StateAsync("cancelled"));
        Assert.False(await Approvals.ConsumeAsync(Acme, "used", "d-3", At, None));
        Assert.True(await Approvals.ConsumeAsync(Acme, "live", "d-4", At, None)); // Nobody used it, so nothing was lost.
    }

    [Fact]
    public async Task BrokenGlass_CountsForItsPerson()
    {
        await AskAsync("first", needed: 1);
        await AskAsync("second", needed: 1);
        await CopyAsync();
        Assert.Equal(VoteOutcome.Counted, await BreakAsync("first"));
        await RecordAsync();
        await LoseAsync();

        Assert.Equal(VoteOutcome.TooOften, await BreakAsync("second"));
    }

    [Fact]
    public async Task Kills_AreSetAgain_AndThoseThatWereLiftedLastAreNot()
    {
        await CopyAsync();
        var kill = await Kills.SetAsync(Acme, Kills.New(KillScope.Connector, "bank", graceful: true, At), None);
        var lifted = await Kills.SetAsync(Acme, Kills.New(KillScope.Agent, "assistant", graceful: false, At), None);
        await Kills.LiftAsync(Acme, lifted.Id, At, None);
        await RecordAsync();
        await LoseAsync();

        Assert.Equal(kill, Assert.Single(await Kills.ListAsync(Acme, None)));
    }

    [Fact]
    public async Task Operators_HaveNothingThatWasTakenFromThem()
    {
        foreach (var name in new[] { "gone", "suspended", "lesser", "password" })
        {
            await Operators.AddAsync(Acme, Operator(name), None);
            await Operators.AddKeyAsync(Acme, Key($"s-{name}", OperatorKeyKind.Session, name), None);
            await Operators.AddKeyAsync(Acme, Key($"t-{name}", OperatorKeyKind.Token, name), None);
        }

        await CopyAsync();
        await Operators.RemoveAsync(Acme, "gone", 1, At, None);
        await ChangeAsync("suspended", found => found with { Suspended = true });
        await ChangeAsync("lesser", found => found with { Roles = OperatorRoles.Viewer });
        await ChangeAsync("password", found => found with { Password = "newer" });
        await Operators.RemoveKeyAsync(Acme, "t-lesser", At, None);
        await RecordAsync();
        await LoseAsync();

        Assert.Equal(["lesser", "password", "suspended"], (await Operators.ListAsync(Acme, None)).Select(one => one.Name));
        Assert.True((await Operators.FindAsync(Acme, "suspended", None))!.Suspended);
        var lesser = await Operators.FindAsync(Acme, "lesser", None);
        Assert.Equal((OperatorRoles.Viewer, "older"), (lesser!.Roles, lesser.Password));
        Assert.Null((await Operators.FindAsync(Acme, "password", None))!.Password);
        Assert.Empty(await Operators.ListKeysAsync(Acme, OperatorKeyKind.Session, None));
        var tokens = (await Operators.ListKeysAsync(Acme, OperatorKeyKind.Token, None)).Select(key => key.Operator).Order();
        Assert.Equal(["password", "suspended"], tokens);
    }

    [Fact]
    public async Task SignedOutSession_StaysSo()
    {
        await Operators.AddAsync(Acme, Operator("ada"), None);
        await Operators.AddKeyAsync(Acme, Key("s", OperatorKeyKind.Session, "ada"), None);
        await CopyAsync();
        await Operators.RemoveKeyAsync(Acme, "s", At, None);
        await RecordAsync();
        await LoseAsync();

        Assert.Null(await Operators.FindKeyAsync(Acme, "s", None));
    }

    [Fact]
    public async Task KeyForTheFirstOperator_ThatWasUsed_MakesNoOther()
    {
        await Operators.AddKeyAsync(Acme, Key("once", OperatorKeyKind.Setup, ""), None);
        await CopyAsync();
        Assert.Equal(OperatorOutcome.Done, await Operators.SetUpAsync(Acme, "once", Operator("ada"), None));
        await RecordAsync();
        await LoseAsync();

        Assert.Equal(OperatorOutcome.Unknown, await Operators.SetUpAsync(Acme, "once", Operator("eve"), None));
    }

    [Fact]
    public async Task HeldAgainstTheJournal_TwiceOrByTwoAtOnce_IsTheSame()
    {
        await AskAsync("used", needed: 1);
        await VoteAsync("used", approves: true);
        await CopyAsync();
        await Approvals.ConsumeAsync(Acme, "used", "d-2", At, None);
        await Kills.SetAsync(Acme, Kills.New(KillScope.Agent, "assistant", graceful: false, At), None);
        await RecordAsync();
        await PutBackAsync();
        await using var second = Open();

        var made = await Task.WhenAll(ReconcileAsync(), ReconcileAsync(second));

        Assert.Equal([0, 2], made.Order());
        Assert.Equal(0, await ReconcileAsync());
        Assert.Single(await Kills.ListAsync(Acme, None));
        Assert.Equal((ApprovalState.Consumed, "d-2"), await StateAsync("used"));
    }

    [Fact]
    public async Task WhatOneJournalHadMadeAgain_DoesNotHideWhatAnotherKnowsToBeLater()
    {
        await CopyAsync();
        await _store.SetLifecycleAsync(Acme, Assistant, LifecycleStatus.Suspended, At, None);
        await _store.SetLevelAsync(Acme, Assistant, AtfLevel.L2, At, None);
        await RecordAsync();
        ChangeNote[] one = [.. _journal];
        await _store.SetLifecycleAsync(Acme, Assistant, LifecycleStatus.Retired, At, None);
        await _store.SetLevelAsync(Acme, Assistant, AtfLevel.L1, At, None);
        await RecordAsync();
        ChangeNote[] other = [.. _journal.Except(one)];
        await PutBackAsync();

        foreach (var known in new[] { one, other, one })
        {
            var outcome = await Reconciliation.ReconcileAsync(Acme, new LostFromStore("log", known), seen: 4, At, None);
            _store.Databases.History.See(Acme, outcome.Newest);
        }

        Assert.Equal(LifecycleStatus.Retired, await _store.FindLifecycleAsync(Acme, Assistant, None));
        Assert.Equal(AtfLevel.L1, await _store.FindLevelAsync(Acme, Assistant, None));
    }

    [Fact]
    public async Task WhatWasUndoneKnowingly_IsNotDoneAgain_WhenTheStoreIsPutBackAnotherTime()
    {
        await CopyAsync();
        await _store.SetLifecycleAsync(Acme, Assistant, LifecycleStatus.Suspended, At, None);
        var kill = await Kills.SetAsync(Acme, Kills.New(KillScope.Agent, "assistant", graceful: false, At), None);
        await RecordAsync();
        await LoseAsync();
        await _store.SetLifecycleAsync(Acme, Assistant, LifecycleStatus.Active, At, None);
        await Kills.LiftAsync(Acme, kill.Id, At, None);
        await RecordAsync();
        await CopyAsync();
        await AddCredentialAsync("lost");
        await RecordAsync();
        await LoseAsync();

        Assert.Equal(LifecycleStatus.Active, await _store.FindLifecycleAsync(Acme, Assistant, None));
        Assert.Empty(await Kills.ListAsync(Acme, None));
    }

    /// <summary>Puts the copy back while nothing runs; then something starts that knows by its journal how far the store was.</summary>
    private async Task LoseAsync()
    {
        await _store.DisposeAsync();
        await PutBackAsync();
        _store = Open();
        var seen = new ChangeMark(_journal[^1].Sequence, _journal[^1].Id);
        Assert.False(await Reconciliation.HasAsync(Acme, seen, None));
        _store.Databases.History.See(Acme, seen);
        await Assert.ThrowsAsync<DurableStoreException>(() => _store.ListCredentialsAsync(Acme, None));
        await ReconcileAsync();
    }

    private Task<int> ReconcileAsync() => ReconcileAsync(_store);

    private async Task<int> ReconcileAsync(SqlStore store)
    {
        var reconciliation = new StoreReconciliation(store.Databases, Origin);
        var there = await reconciliation.IdsAsync(Acme, None);
        ChangeNote[] lost = [.. _journal.Where(note => !there.Contains(note.Id))];
        var outcome = await reconciliation.ReconcileAsync(Acme, new LostFromStore("log", lost), seen: 0, At, None);
        store.Databases.History.See(Acme, outcome.Newest);
        return outcome.Made;
    }

    private Task<int> RecordAsync() =>
        _store.RecordChangesAsync(
            Acme,
            (note, _) =>
            {
                _journal.Add(note);
                return Task.CompletedTask;
            },
            None
        );

    private Task AddCredentialAsync(string id) => _store.AddCredentialAsync(Credential(id), None);

    private Task<ApprovalRecord?> AskAsync(string id, int needed) =>
        Approvals.AskAsync(
            Acme,
            new ApprovalRecord
            {
                Id = id,
                Agent = "assistant",
                Action = id,
                View = "{}",
                ViewDigest = "view",
                Gates = ["payments"],
                Needed = needed,
                DecisionId = "d-1",
                At = At,
                Ends = At.AddHours(1),
                TimeToUse = TimeSpan.FromMinutes(15),
            },
            most: 10,
            None
        );

    private async Task VoteAsync(string id, bool approves)
    {
        var vote = new ApprovalVote(approves ? "ada" : "ben", approves, "view", At, "");
        Assert.Equal(VoteOutcome.Counted, (await Approvals.VoteAsync(Acme, id, vote, None)).Outcome);
    }

    private async Task<VoteOutcome> BreakAsync(string id) =>
        (await Approvals.BreakGlassAsync(Acme, id, new BrokenGlass("ada", "view", At, "fire", "INC-1"), perDay: 1, None)).Outcome;

    private async Task<(ApprovalState, string?)> StateAsync(string id) =>
        await Approvals.FindAsync(Acme, id, At, None) is { } found ? (found.State, found.UsedBy) : default;

    private async Task ChangeAsync(string name, Func<OperatorRecord, OperatorRecord> change) =>
        Assert.Equal(OperatorOutcome.Done, (await Operators.ChangeAsync(Acme, name, 1, change, At, None)).Outcome);

    private static CredentialRecord Credential(string id) =>
        new()
        {
            Id = id,
            Tenant = Acme,
            Workspace = Id<Workspace>.Parse("main"),
            Agent = Assistant,
            Kind = CredentialKind.Bearer,
            KeyVersion = 1,
            Material = "material",
            CreatedAt = At,
        };

    private static OperatorRecord Operator(string name) =>
        new()
        {
            Name = name,
            Person = name,
            Roles = OperatorRoles.Viewer | OperatorRoles.TenantAdmin,
            Password = "older",
            At = At,
        };

    private static OperatorKey Key(string id, OperatorKeyKind kind, string owner) =>
        new()
        {
            Id = id,
            Kind = kind,
            Operator = owner,
            Name = kind == OperatorKeyKind.Token ? "ci" : "",
            Roles = OperatorRoles.TenantAdmin,
            Hash = "hash",
            At = At,
            Ends = At.AddMinutes(30),
        };
}

public sealed class SqlitePutBackTests : PutBackContract, IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    protected override SqlStore Open() => new SqliteStore(_directory.File("store"), TimeSpan.FromSeconds(30));

    protected override Task CopyAsync() => MoveAsync("store", "copy");

    protected override Task PutBackAsync() => MoveAsync("copy", "store");

    /// <summary>Nobody has the files open between two calls: they are whole.</summary>
    private Task MoveAsync(string from, string to)
    {
        Directory.CreateDirectory(_directory.File(to));
        foreach (var file in Directory.GetFiles(_directory.File(to)))
        {
            File.Delete(file);
        }

        foreach (var file in Directory.GetFiles(_directory.File(from)))
        {
            File.Copy(file, Path.Combine(_directory.File(to), Path.GetFileName(file)));
        }

        return Task.CompletedTask;
    }
}

public sealed class PostgresPutBackTests : PutBackContract
{
    private PostgresServer _server = null!;
    private string _database = "";
    private string _copy = "";

    public override async Task InitializeAsync()
    {
        _server = await PostgresServer.SharedAsync();
        _database = await _server.NewDatabaseAsync();
        await base.InitializeAsync();
    }

    protected override SqlStore Open() =>
        new PostgresStore(
            new PostgresOptions
            {
                ConnectionString = _server.Connection(_database),
                Password = PostgresServer.Password,
                Deadline = TimeSpan.FromSeconds(30),
                WriteDeadline = TimeSpan.FromSeconds(30),
            }
        );

    protected override async Task CopyAsync() => _copy = await _server.BackUpAsync(_database);

    protected override Task PutBackAsync() => _server.PutBackAsync(_database, _copy);
}
