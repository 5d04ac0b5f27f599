using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;

namespace Gateway.Connectors.Tests.Stores;

/// <summary>What every durable store must do, whatever it keeps things in.</summary>
public abstract class DurableStoreContract : IAsyncLifetime
{
    protected static readonly Id<Tenant> Acme = Id<Tenant>.Parse("acme");
    protected static readonly Id<Tenant> Other = Id<Tenant>.Parse("other");
    protected static readonly Id<Agent> Assistant = Id<Agent>.Parse("assistant");
    protected static readonly DateTimeOffset At = new DateTimeOffset(2030, 1, 2, 3, 4, 5, TimeSpan.FromHours(2)).AddTicks(1234567);

    private static readonly CancellationToken None = CancellationToken.None;

    protected IDurableStore Store { get; private set; } = null!;

    /// <summary>A store over what the test's other stores see too, as another process would have it.</summary>
    protected abstract IDurableStore Open();

    /// <summary>Takes away what the store keeps its things in.</summary>
    protected abstract Task BreakAsync();

    /// <summary>Does to a tenant's tables what only their keeper can.</summary>
    protected abstract Task AdministerAsync(Id<Tenant> tenant, string sql);

    public virtual async Task InitializeAsync()
    {
        Store = Open();
        await Store.PrepareAsync([Acme, Other], None);
    }

    public virtual async Task DisposeAsync() => await Store.DisposeAsync();

    [Fact]
    public async Task Credential_Added_IsFoundAsItWas()
    {
        var bearer = Credential("a") with { ExpiresAt = At.AddDays(90) };
        var other = Credential("b") with
        {
            Kind = CredentialKind.EcdsaP256Sha256,
            KeyVersion = 7,
            CreatedAt = At.AddTicks(1),
            RevokedAt = At.AddDays(1),
        };
        await Store.AddCredentialAsync(bearer, None);
        await Store.AddCredentialAsync(other, None);

        Assert.Equal(bearer, await Store.FindCredentialAsync(Acme, "a", None));
        Assert.Equal([bearer, other], await Store.ListCredentialsAsync(Acme, None));
        Assert.Null(await Store.FindCredentialAsync(Acme, "c", None));
    }

    [Fact]
    public async Task Change_IsHandedOutOnceWithWhoWhyAndWhatWasBefore()
    {
        var store = Store.By(new ChangeOrigin("os:ann", "gw-1: gateway", "odd exports"));
        await store.SetLifecycleAsync(Acme, Assistant, LifecycleStatus.Suspended, At, None);
        await store.SetLifecycleAsync(Acme, Assistant, LifecycleStatus.Active, At, None);
        await store.AddCredentialAsync(Credential("a"), None);
        await store.RevokeCredentialAsync(Acme, "a", At.AddDays(1), None);

        var notes = await TakeAsync(Store);

        Assert.Equal([1, 2, 3, 4], notes.Select(note => note.Sequence));
        Assert.Equal(4, notes.DistinctBy(note => note.Id).Count());
        Assert.All(notes, note => Assert.Equal(new ChangeOrigin("os:ann", "gw-1: gateway", "odd exports"), note.Origin));
        Assert.Empty(notes[0].Before);
        Assert.Equal([KeyValuePair.Create("status", "suspended")], notes[0].After);
        Assert.Equal([KeyValuePair.Create("status", "suspended")], notes[1].Before);
        Assert.Equal("assistant", notes[2].After["agent"]);
        Assert.Contains("revoked_at", notes[3].After.Keys);
        Assert.All(notes, note => Assert.DoesNotContain(note.After.Values, value => value.Contains("material", StringComparison.Ordinal)));
        Assert.Empty(await TakeAsync(Store));
        Assert.Empty(await Store.UnrecordedAsync(Acme, None));
    }

    [Fact]
    public async Task Change_WhoseRecordFails_IsHandedOutAgain_AndNoneBehindItIsLost()
    {
        await Store.AddCredentialAsync(Credential("a"), None);
        await Store.AddCredentialAsync(Credential("b"), None);
        var seen = new List<string>();

        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            Store.RecordChangesAsync(
                Acme,
                (note, _) =>
                {
                    seen.Add(note.Subject);
                    return note.Subject == "b" ? throw new InvalidOperationException() : Task.CompletedTask;
                },
                None
            )
        );

        Assert.Equal(["a", "b"], seen);
        Assert.Equal(["b"], (await Store.UnrecordedAsync(Acme, None)).Select(note => note.Subject));
        Assert.Equal(["b"], (await TakeAsync(Store)).Select(note => note.Subject));
    }

    [Fact]
    public async Task Changes_TakenByTwoAtOnce_AreTakenOnceEach()
    {
        for (var i = 0; i < 20; i++)
        {
            await Store.AddCredentialAsync(Credential($"c{i}"), None);
        }

        await using var other = Open();
        await other.PrepareAsync([Acme], None);

        var taken = await Task.WhenAll(Task.Run(() => TakeAsync(Store)), Task.Run(() => TakeAsync(other)));

        Assert.Equal(Enumerable.Range(1, 20).Select(i => (long)i), taken.SelectMany(notes => notes).Select(note => note.Sequence).Order());
    }

    [Fact]
    public async Task ChangeThatIsUndone_LeavesNoNote()
    {
        await Store.AddCredentialAsync(Credential("a"), None);
        await TakeAsync(Store);

        await Assert.ThrowsAsync<DurableStoreException>(() => Store.AddCredentialAsync(Credential("a"), None));
        Assert.False(await Store.RevokeCredentialAsync(Acme, "nothing", At, None));

        Assert.Empty(await Store.UnrecordedAsync(Acme, None));
    }

    [Fact]
    public async Task Credential_OfAnotherTenant_DoesNotExist()
    {
        await Store.AddCredentialAsync(Credential("a"), None);

        Assert.Null(await Store.FindCredentialAsync(Other, "a", None));
        Assert.Empty(await Store.ListCredentialsAsync(Other, None));
        Assert.False(await Store.RevokeCredentialAsync(Other, "a", At, None));
        Assert.False(await Store.ReplaceMaterialAsync(Other, "a", "material", "x", At, None));
        Assert.Empty(await Store.ChangesAfterAsync(Other, 0, 10, None));
        Assert.Null((await Store.FindCredentialAsync(Acme, "a", None))!.RevokedAt);
    }

    [Fact]
    public async Task Credential_SameIdInTwoTenants_AreTwo()
    {
        await Store.AddCredentialAsync(Credential("a"), None);
        await Store.AddCredentialAsync(Credential("a") with { Tenant = Other, Material = "other's" }, None);
        await Store.RevokeCredentialAsync(Other, "a", At, None);

        Assert.Equal("material", (await Store.FindCredentialAsync(Acme, "a", None))!.Material);
        Assert.Null((await Store.FindCredentialAsync(Acme, "a", None))!.RevokedAt);
        Assert.Equal("other's", (await Store.FindCredentialAsync(Other, "a", None))!.Material);
    }

    [Fact]
    public async Task Credential_SameIdTwice_IsRefusedAndLeavesNoChange()
    {
        await Store.AddCredentialAsync(Credential("a"), None);

        await Assert.ThrowsAsync<DurableStoreException>(() => Store.AddCredentialAsync(Credential("a") with { Material = "new" }, None));
        Assert.Equal("material", (await Store.FindCredentialAsync(Acme, "a", None))!.Material);
        Assert.Single(await Store.ChangesAfterAsync(Acme, 0, 10, None));
    }

    [Theory]
    [InlineData(CredentialKind.Unknown, "material", 1)]
    [InlineData((CredentialKind)99, "material", 1)]
    [InlineData(CredentialKind.Bearer, "", 1)]
    [InlineData(CredentialKind.Bearer, "material", 0)]
    public async Task Credential_ThatCanNotBeOne_IsRefused(CredentialKind kind, string material, int version)
    {
        var wrong = Credential("a") with { Kind = kind, Material = material, KeyVersion = version };

        await Assert.ThrowsAsync<DurableStoreException>(() => Store.AddCredentialAsync(wrong, None));
        Assert.Empty(await Store.ListCredentialsAsync(Acme, None));
    }

    [Fact]
    public async Task Revoke_IsTrueOnceAndKeepsTheFirstTime()
    {
        await Store.AddCredentialAsync(Credential("a"), None);

        Assert.True(await Store.RevokeCredentialAsync(Acme, "a", At, None));
        Assert.False(await Store.RevokeCredentialAsync(Acme, "a", At.AddDays(1), None));
        Assert.False(await Store.RevokeCredentialAsync(Acme, "nothing", At, None));
        Assert.Equal(At, (await Store.FindCredentialAsync(Acme, "a", None))!.RevokedAt);
        Assert.Equal(2, (await Store.ChangesAfterAsync(Acme, 0, 10, None)).Count);
    }

    [Fact]
    public async Task Revoke_ManyAtOnce_OneSucceeds()
    {
        await Store.AddCredentialAsync(Credential("a"), None);
        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(_ =>
                    Task.Run(async () =>
                    {
                        await using var store = Open();
                        return await store.RevokeCredentialAsync(Acme, "a", At, None);
                    })
                )
        );

        Assert.Single(answers, true);
    }

    [Fact]
    public async Task Replace_LetsBothHoldForAWhile()
    {
        await Store.AddCredentialAsync(Credential("a"), None);
        var next = Credential("b") with { CreatedAt = At.AddDays(1) };

        Assert.True(await Store.ReplaceCredentialAsync(next, "a", At.AddDays(2), None));

        Assert.Equal(At.AddDays(2), (await Store.FindCredentialAsync(Acme, "a", None))!.ExpiresAt);
        Assert.Equal(next, await Store.FindCredentialAsync(Acme, "b", None));
        Assert.Equal(
            [(GovernedChange.CredentialReplaced, "a"), (GovernedChange.CredentialAdded, "b")],
            (await Store.ChangesAfterAsync(Acme, 1, 10, None)).Select(change => (change.Kind, change.Subject))
        );
    }

    [Fact]
    public async Task Replace_NeverLetsTheOldOneHoldLonger()
    {
        await Store.AddCredentialAsync(Credential("a") with { ExpiresAt = At.AddHours(1) }, None);

        Assert.True(await Store.ReplaceCredentialAsync(Credential("b"), "a", At.AddDays(2), None));

        Assert.Equal(At.AddHours(1), (await Store.FindCredentialAsync(Acme, "a", None))!.ExpiresAt);
    }

    [Theory]
    [InlineData("revoked")]
    [InlineData("expired")]
    [InlineData("of another agent")]
    [InlineData("of another kind")]
    [InlineData("of another tenant")]
    [InlineData("nowhere")]
    public async Task Replace_OfWhatDoesNotHold_WritesNothing(string old)
    {
        var first = Credential("a") with
        {
            RevokedAt = old == "revoked" ? At : null,
            ExpiresAt = old == "expired" ? At : null,
            Agent = old == "of another agent" ? Id<Agent>.Parse("stranger") : Assistant,
            Kind = old == "of another kind" ? CredentialKind.EcdsaP256Sha256 : Credential("a").Kind,
            Tenant = old == "of another tenant" ? Other : Acme,
        };
        await Store.AddCredentialAsync(first, None);

        Assert.False(await Store.ReplaceCredentialAsync(Credential("b"), old == "nowhere" ? "c" : "a", At.AddDays(2), None));

        Assert.Null(await Store.FindCredentialAsync(Acme, "b", None));
        Assert.Equal(first, await Store.FindCredentialAsync(first.Tenant, "a", None));
    }

    [Fact]
    public async Task Replace_ByOneThatIsThere_WritesNothing()
    {
        await Store.AddCredentialAsync(Credential("a"), None);
        await Store.AddCredentialAsync(Credential("b"), None);

        await Assert.ThrowsAsync<DurableStoreException>(() => Store.ReplaceCredentialAsync(Credential("b"), "a", At.AddDays(2), None));

        Assert.Null((await Store.FindCredentialAsync(Acme, "a", None))!.ExpiresAt);
    }

    [Fact]
    public async Task Name_IsUniqueAmongWhatHoldsOfAnAgent()
    {
        var named = Credential("a") with { Name = "laptop", AgentUid = "one" };
        Assert.True(await Store.AddCredentialAsync(named, None));
        Assert.Equal(named, await Store.FindCredentialAsync(Acme, "a", None));

        Assert.False(await Store.AddCredentialAsync(Credential("b") with { Name = "laptop" }, None));
        Assert.Null(await Store.FindCredentialAsync(Acme, "b", None));
        Assert.Single(await Store.ChangesAfterAsync(Acme, 0, 10, None));

        Assert.True(await Store.AddCredentialAsync(Credential("c") with { Name = "Laptop" }, None));
        Assert.True(await Store.AddCredentialAsync(Credential("d") with { Name = "laptop", Agent = Id<Agent>.Parse("other") }, None));
        Assert.True(await Store.AddCredentialAsync(Credential("e") with { Tenant = Other, Name = "laptop" }, None));
        Assert.True(await Store.AddCredentialAsync(Credential("f"), None));
        Assert.True(await Store.AddCredentialAsync(Credential("g"), None));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Name_OfWhatHoldsNoMore_IsFree(bool revoked)
    {
        await Store.AddCredentialAsync(Credential("a") with { Name = "laptop", ExpiresAt = revoked ? null : At.AddHours(1) }, None);
        if (revoked)
        {
            await Store.RevokeCredentialAsync(Acme, "a", At, None);
        }

        Assert.True(await Store.AddCredentialAsync(Credential("b") with { Name = "laptop", CreatedAt = At.AddHours(1) }, None));
    }

    [Fact]
    public async Task Name_TakenByManyAtOnce_OneHasIt()
    {
        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(i =>
                    Task.Run(async () =>
                    {
                        await using var store = Open();
                        return await store.AddCredentialAsync(Credential($"k{i}") with { Name = "laptop" }, None);
                    })
                )
        );

        Assert.Single(answers, true);
        Assert.Single(await Store.ListCredentialsAsync(Acme, None));
    }

    [Fact]
    public async Task Replace_KeepsTheName_WhileBothHold()
    {
        await Store.AddCredentialAsync(Credential("a") with { Name = "laptop" }, None);
        var next = Credential("b") with { Name = "laptop", CreatedAt = At.AddDays(1) };

        Assert.True(await Store.ReplaceCredentialAsync(next, "a", At.AddDays(2), None));
        Assert.Equal(["a", "b"], (await Store.ListCredentialsAsync(Acme, None)).Where(one => one.Name == "laptop").Select(one => one.Id));
        Assert.False(await Store.AddCredentialAsync(next with { Id = "c", CreatedAt = At.AddDays(3) }, None));
    }

    [Theory]
    [InlineData("laptop", "two")]
    [InlineData("laptop", null)]
    [InlineData("phone", "one")]
    [InlineData(null, "one")]
    public async Task Replace_ByOneOfAnotherNameOrAnotherAgentsUid_WritesNothing(string? name, string? uid)
    {
        var first = Credential("a") with { Name = "laptop", AgentUid = "one" };
        await Store.AddCredentialAsync(first, None);

        Assert.False(await Store.ReplaceCredentialAsync(Credential("b") with { Name = name, AgentUid = uid }, "a", At.AddDays(2), None));
        Assert.Equal(first, await Store.FindCredentialAsync(Acme, "a", None));
        Assert.Null(await Store.FindCredentialAsync(Acme, "b", None));
    }

    [Fact]
    public async Task ReplaceMaterial_OnlyOfWhatWasSeen()
    {
        await Store.AddCredentialAsync(Credential("a"), None);

        Assert.True(await Store.ReplaceMaterialAsync(Acme, "a", "material", "newer", At, None));
        Assert.False(await Store.ReplaceMaterialAsync(Acme, "a", "material", "newest", At, None));
        Assert.Equal("newer", (await Store.FindCredentialAsync(Acme, "a", None))!.Material);
        Assert.Equal(GovernedChange.CredentialResealed, (await Store.ChangesAfterAsync(Acme, 1, 10, None)).Single().Kind);
    }

    [Fact]
    public async Task Lifecycle_Set_IsWhatWasSetLast()
    {
        Assert.Null(await Store.FindLifecycleAsync(Acme, Assistant, None));
        await Store.SetLifecycleAsync(Acme, Assistant, LifecycleStatus.Suspended, At, None);
        await Store.SetLifecycleAsync(Acme, Assistant, LifecycleStatus.Active, At, None);

        Assert.Equal(LifecycleStatus.Active, await Store.FindLifecycleAsync(Acme, Assistant, None));
        Assert.Null(await Store.FindLifecycleAsync(Other, Assistant, None));
    }

    [Fact]
    public async Task Lifecycle_ThatIsNone_IsRefused()
    {
        await Assert.ThrowsAsync<DurableStoreException>(() => Store.SetLifecycleAsync(Acme, Assistant, LifecycleStatus.Unknown, At, None));
        Assert.Empty(await Store.ChangesAfterAsync(Acme, 0, 10, None));
    }

    [Fact]
    public async Task Level_SetAndLifted_IsWhatWasSetLast()
    {
        Assert.Null(await Store.FindLevelAsync(Acme, Assistant, None));
        await Store.SetLevelAsync(Acme, Assistant, AtfLevel.L2, At, None);
        await Store.SetLevelAsync(Acme, Assistant, AtfLevel.L1, At, None);

        Assert.Equal(AtfLevel.L1, await Store.FindLevelAsync(Acme, Assistant, None));
        Assert.Null(await Store.FindLevelAsync(Other, Assistant, None));
        Assert.Null(await Store.FindLifecycleAsync(Acme, Assistant, None));

        await Store.SetLevelAsync(Acme, Assistant, AtfLevel.L3, At, None); // A demotion to less stays.
        Assert.Equal(AtfLevel.L1, await Store.FindLevelAsync(Acme, Assistant, None));
        await Store.SetLevelAsync(Acme, Assistant, null, At, None);

        Assert.Null(await Store.FindLevelAsync(Acme, Assistant, None));
        Assert.Equal(
            [GovernedChange.LevelSet, GovernedChange.LevelSet, GovernedChange.LevelSet],
            (await Store.ChangesAfterAsync(Acme, 0, 10, None)).Select(c => c.Kind)
        );
    }

    [Theory]
    [InlineData(AtfLevel.Unassigned)]
    [InlineData((AtfLevel)5)]
    public async Task Level_ThatIsNone_IsRefused(AtfLevel level)
    {
        await Assert.ThrowsAsync<DurableStoreException>(() => Store.SetLevelAsync(Acme, Assistant, level, At, None));
        Assert.Empty(await Store.ChangesAfterAsync(Acme, 0, 10, None));
    }

    [Fact]
    public async Task Changes_EveryWrite_IsOneInOrder()
    {
        await Store.AddCredentialAsync(Credential("a"), None);
        await Store.SetLifecycleAsync(Acme, Assistant, LifecycleStatus.Suspended, At.AddHours(1), None);
        await Store.RevokeCredentialAsync(Acme, "a", At.AddHours(2), None);

        var expected = new StoreChange[]
        {
            new(1, GovernedChange.CredentialAdded, "a", At),
            new(2, GovernedChange.LifecycleSet, "assistant", At.AddHours(1)),
            new(3, GovernedChange.CredentialRevoked, "a", At.AddHours(2)),
        };
        Assert.Equal(expected, await Store.ChangesAfterAsync(Acme, 0, 10, None));
        Assert.Equal(expected[1..2], await Store.ChangesAfterAsync(Acme, 1, 1, None));
        Assert.Empty(await Store.ChangesAfterAsync(Acme, 3, 10, None));
        Assert.Empty(await Store.ChangesAfterAsync(Acme, 0, -1, None));
    }

    [Fact]
    public async Task Changes_FromManyWritersAtOnce_HaveNoGaps()
    {
        await Task.WhenAll(
            Enumerable
                .Range(0, 4)
                .Select(writer =>
                    Task.Run(async () =>
                    {
                        await using var store = Open();
                        for (var i = 0; i < 10; i++)
                        {
                            await store.AddCredentialAsync(Credential($"w{writer}n{i}"), None);
                        }
                    })
                )
        );

        var changes = await Store.ChangesAfterAsync(Acme, 0, 100, None);
        Assert.Equal(Enumerable.Range(1, 40).Select(i => (long)i), changes.Select(c => c.Sequence));
        Assert.Equal(40, changes.Select(c => c.Subject).Distinct().Count());
    }

    [Fact]
    public async Task AnotherProcess_SeesWhatWasWritten_WhileBothAreOpen()
    {
        await using var other = Open();
        await other.PrepareAsync([Acme], None);
        await Store.AddCredentialAsync(Credential("a"), None);
        Assert.NotNull(await other.FindCredentialAsync(Acme, "a", None));

        await other.RevokeCredentialAsync(Acme, "a", At, None);
        Assert.NotNull((await Store.FindCredentialAsync(Acme, "a", None))!.RevokedAt);
    }

    [Fact]
    public async Task Prepare_Again_KeepsEverything()
    {
        await Store.AddCredentialAsync(Credential("a"), None);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Open().PrepareAsync([Acme, Other], None))));

        Assert.NotNull(await Store.FindCredentialAsync(Acme, "a", None));
    }

    [Fact]
    public async Task Tenant_NeverPrepared_HasNothingAndTakesNothing()
    {
        var unknown = Id<Tenant>.Parse("unknown");

        Assert.Null(await Store.FindCredentialAsync(unknown, "a", None));
        Assert.Empty(await Store.ListCredentialsAsync(unknown, None));
        Assert.False(await Store.RevokeCredentialAsync(unknown, "a", At, None));
        await Assert.ThrowsAsync<DurableStoreException>(() => Store.AddCredentialAsync(Credential("a") with { Tenant = unknown }, None));

        // Null or nothing would mean "go on": the agent's document counts, no change to apply.
        await Assert.ThrowsAsync<DurableStoreException>(() => Store.FindLifecycleAsync(unknown, Assistant, None));
        await Assert.ThrowsAsync<DurableStoreException>(() => Store.FindLevelAsync(unknown, Assistant, None));
        await Assert.ThrowsAsync<DurableStoreException>(() => Store.ChangesAfterAsync(unknown, 0, 10, None));
    }

    [Fact]
    public async Task EveryCall_StoreGone_Throws()
    {
        await Store.AddCredentialAsync(Credential("a"), None);
        await BreakAsync();

        await Assert.ThrowsAsync<DurableStoreException>(() => Store.FindCredentialAsync(Acme, "a", None));
        await Assert.ThrowsAsync<DurableStoreException>(() => Store.ListCredentialsAsync(Acme, None));
        await Assert.ThrowsAsync<DurableStoreException>(() => Store.AddCredentialAsync(Credential("b"), None));
        await Assert.ThrowsAsync<DurableStoreException>(() => Store.RevokeCredentialAsync(Acme, "a", At, None));
        await Assert.ThrowsAsync<DurableStoreException>(() => Store.ReplaceMaterialAsync(Acme, "a", "material", "x", At, None));
        await Assert.ThrowsAsync<DurableStoreException>(() => Store.FindLifecycleAsync(Acme, Assistant, None));
        await Assert.ThrowsAsync<DurableStoreException>(() => Store.SetLifecycleAsync(Acme, Assistant, LifecycleStatus.Active, At, None));
        await Assert.ThrowsAsync<DurableStoreException>(() => Store.FindLevelAsync(Acme, Assistant, None));
        await Assert.ThrowsAsync<DurableStoreException>(() => Store.SetLevelAsync(Acme, Assistant, null, At, None));
        await Assert.ThrowsAsync<DurableStoreException>(() => Store.ChangesAfterAsync(Acme, 0, 10, None));
        await Assert.ThrowsAsync<DurableStoreException>(() => Store.AddObjectAsync(Acme, Batch("a"), None));
        await Assert.ThrowsAsync<DurableStoreException>(() => Store.ListObjectsAsync(Acme, Page(), None));
        await Assert.ThrowsAsync<DurableStoreException>(() => FindAsync(Assistant, "a"));
        await Assert.ThrowsAsync<DurableStoreException>(() => Store.PrepareAsync([Acme], None));
    }

    [Fact]
    public async Task Object_IsItsAgentsAlone()
    {
        var another = Id<Agent>.Parse("another");
        var kept = Batch("a") with { Batch = new BatchReading("/v1/messages", "m", 2, 10, 10, 30, ["web_search"]) };
        Assert.True(await Store.AddObjectAsync(Acme, kept, None));
        Assert.False(await Store.AddObjectAsync(Acme, kept with { Agent = another }, None));

        var found = await FindAsync(Assistant, "a");
        Assert.Equal(kept.Card, found!.Card);
        Assert.Equal(["web_search"], found.Batch!.HostedTools);
        Assert.Equal((2, 10L, 30L), (found.Batch.Answers, found.Batch.MaxTokens, found.Batch.InputTokens));
        Assert.Null(await FindAsync(another, "a"));
        Assert.Empty(await RefreshAsync(another, "a", "{}"));
        Assert.False(await Store.ForgetObjectAsync(Acme, another, Kept, OwnedKind.Batch, "a", None));
        Assert.Empty(await Store.ListObjectsAsync(Acme, Page() with { Agent = another }, None));
        Assert.Null(await Store.FindObjectAsync(Acme, Assistant, Kept, OwnedKind.File, "a", None));
        Assert.Null(await Store.FindObjectAsync(Other, Assistant, Kept, OwnedKind.Batch, "a", None));

        Assert.Equal(["a"], await RefreshAsync(Assistant, "a", "{\"status\":\"ended\"}"));
        Assert.Contains("ended", (await FindAsync(Assistant, "a"))!.Card, StringComparison.Ordinal);
        Assert.True(await Store.ForgetObjectAsync(Acme, Assistant, Kept, OwnedKind.Batch, "a", None));
        Assert.Null(await FindAsync(Assistant, "a"));
    }

    [Fact]
    public async Task Objects_AreListedInTheOrderOfTheirMaking_APageBehindTheOther()
    {
        foreach (var id in new[] { "c", "a", "b", "e", "d" })
        {
            await Store.AddObjectAsync(Acme, Batch(id), None);
        }

        await Store.AddObjectAsync(Acme, Batch("p") with { Card = "{\"purpose\":\"x\"}" }, None);
        Assert.Equal("p d e", await ListedAsync(Page() with { Most = 3 }));
        Assert.Equal("b a c", await ListedAsync(Page() with { After = "e", Most = 9 }));
        Assert.Equal("c a", await ListedAsync(Page() with { OldestFirst = true, Most = 2 }));
        Assert.Equal("b e", await ListedAsync(Page() with { OldestFirst = true, After = "a", Most = 2 }));
        Assert.Equal("e b", await ListedAsync(Page() with { Before = "a", Most = 2 }));
        Assert.Equal("p", await ListedAsync(Page() with { Purpose = "x" }));
        Assert.Equal("", await ListedAsync(Page() with { After = "none" }));
    }

    private static readonly Id<Connector> Kept = Id<Connector>.Parse("kept");

    private static OwnedObject Batch(string id) => new(Assistant, Kept, OwnedKind.Batch, id, $"{{\"id\":\"{id}\"}}");

    private static OwnedPage Page() => new(Assistant, Kept, OwnedKind.Batch, null, null, OldestFirst: false, null, 100);

    private Task<OwnedObject?> FindAsync(Id<Agent> agent, string id) => Store.FindObjectAsync(Acme, agent, Kept, OwnedKind.Batch, id, None);

    private Task<IReadOnlyList<string>> RefreshAsync(Id<Agent> agent, string id, string card) =>
        Store.RefreshObjectsAsync(Acme, agent, Kept, OwnedKind.Batch, new Dictionary<string, string> { [id] = card }, None);

    [Fact]
    public async Task Changes_ByManyWritersAtOnce_HaveNoGapAndNoneIsLost()
    {
        const int Writers = 4;
        const int Each = 12;
        var stores = Enumerable.Range(0, Writers).Select(_ => Open()).ToList();
        using var reading = new CancellationTokenSource();
        var reader = Task.Run(async () =>
        {
            // Whoever follows never sees a change before the one that it comes after.
            long last = 0;
            while (!reading.IsCancellationRequested)
            {
                foreach (var change in await Store.ChangesAfterAsync(Acme, last, 1000, None))
                {
                    Assert.Equal(++last, change.Sequence);
                }
            }
        });

        await Task.WhenAll(
            stores.Select(
                (store, writer) =>
                    Task.Run(async () =>
                    {
                        for (var i = 0; i < Each; i++)
                        {
                            await store.AddCredentialAsync(Credential($"{writer}-{i}"), None);
                        }
                    })
            )
        );
        await reading.CancelAsync();
        await reader;

        var changes = await Store.ChangesAfterAsync(Acme, 0, 1000, None);
        Assert.Equal(Enumerable.Range(1, Writers * Each).Select(i => (long)i), changes.Select(change => change.Sequence));
        Assert.Equal(Writers * Each, changes.DistinctBy(change => change.Subject).Count());
        Assert.Equal(Writers * Each, await Store.LastChangeAsync(Acme, None));
        Assert.Equal(0, await Store.LastChangeAsync(Other, None));
        foreach (var store in stores)
        {
            await store.DisposeAsync();
        }
    }

    [Fact]
    public async Task Credential_RevokedByTwoAtOnce_IsRevokedOnce()
    {
        await Store.AddCredentialAsync(Credential("a"), None);
        await using var other = Open();

        var revoked = await Task.WhenAll(
            new[] { Store, other }.Select(store => Task.Run(() => store.RevokeCredentialAsync(Acme, "a", At, None)))
        );

        Assert.Single(revoked, done => done);
        Assert.Equal(2, await Store.LastChangeAsync(Acme, None));
    }

    [Fact]
    public async Task Tenants_AreThoseThatWerePrepared()
    {
        await using var other = Open();

        Assert.Equal([Acme, Other], await other.TenantsAsync(None));
    }

    [Fact]
    public async Task View_DisposedOf_LeavesTheStoreOpen()
    {
        await Store.By(new ChangeOrigin("os:ann", "gw-1", "")).DisposeAsync();

        await Store.AddCredentialAsync(Credential("a"), None);
    }

    [Fact]
    public async Task Schema_OfANewerGatewayThatAllowsThisOne_IsUsed()
    {
        await AdministerAsync(Acme, "UPDATE schema_version SET version = 1000");

        await Store.AddCredentialAsync(Credential("a"), None);
        await using var again = Open();
        await again.PrepareAsync([Acme], None);
        Assert.NotNull(await again.FindCredentialAsync(Acme, "a", None));
        await AdministerAsync(Acme, "UPDATE schema_version SET version = version WHERE version = 1000");
        await again.AddCredentialAsync(Credential("b"), None);
    }

    [Fact]
    public async Task Schema_OfAGatewayThatIsTooNew_Refuses()
    {
        await AdministerAsync(Acme, "UPDATE schema_version SET version = 1000, oldest = 1000");

        await Assert.ThrowsAsync<DurableStoreException>(() => Store.AddCredentialAsync(Credential("a"), None));
        await Assert.ThrowsAsync<DurableStoreException>(() => Store.FindCredentialAsync(Acme, "a", None));
        await using var again = Open();
        var thrown = await Assert.ThrowsAsync<DurableStoreException>(() => again.PrepareAsync([Acme], None));
        Assert.Contains("run the newer one", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Schema_OfAnOlderGateway_RefusesUntilItIsPrepared()
    {
        await AdministerAsync(Acme, "UPDATE schema_version SET version = version - 1");

        var thrown = await Assert.ThrowsAsync<DurableStoreException>(() => Store.FindCredentialAsync(Acme, "a", None));
        Assert.Contains("let it prepare the store", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Objects_AreListedByTheirPurpose()
    {
        foreach (var (id, card) in new[] { ("f1", """{"purpose":"batch"}"""), ("f2", """{"purpose":"x"}"""), ("f3", "{}") })
        {
            var made = new OwnedObject(Assistant, Id<Connector>.Parse("openai"), OwnedKind.File, id, card);
            Assert.True(await Store.AddObjectAsync(Acme, made, None));
        }

        var page = new OwnedPage(Assistant, Id<Connector>.Parse("openai"), OwnedKind.File, null, null, true, null, 10);
        Assert.Equal("f1 f2 f3", await ListedAsync(page));
        Assert.Equal("f1", await ListedAsync(page with { Purpose = "batch" }));
        Assert.Equal("", await ListedAsync(page with { Purpose = "BATCH" }));
    }

    private async Task<string> ListedAsync(OwnedPage page) =>
        string.Join(' ', (await Store.ListObjectsAsync(Acme, page, None)).Select(one => one.Id));

    [Fact]
    public async Task Call_Cancelled_DoesNothing()
    {
        var cancelled = new CancellationToken(canceled: true);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.AddCredentialAsync(Credential("a"), cancelled));
        Assert.Null(await Store.FindCredentialAsync(Acme, "a", None));
    }

    private static async Task<List<ChangeNote>> TakeAsync(IDurableStore store)
    {
        var notes = new List<ChangeNote>();
        await store.RecordChangesAsync(
            Acme,
            (note, _) =>
            {
                notes.Add(note);
                return Task.CompletedTask;
            },
            None
        );
        return notes;
    }

    protected static CredentialRecord Credential(string id) =>
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
}
