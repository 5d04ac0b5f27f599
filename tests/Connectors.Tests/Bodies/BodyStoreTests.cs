using System.Security.Cryptography;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Gateway.Connectors.Bodies;
using Gateway.Connectors.Tests.Vaults;
using Gateway.Connectors.Vaults;
using Gateway.Policy.Model;
using Gateway.Testing;

namespace Gateway.Connectors.Tests.Bodies;

public sealed class BodyStoreTests : IDisposable
{
    private const string Canary = "canary-7f3a91";

    private static readonly Id<Tenant> Acme = Id<Tenant>.Parse("acme");
    private static readonly Id<Tenant> Other = Id<Tenant>.Parse("other");
    private static readonly DateOnly Day = new(2030, 1, 31);

    private readonly TemporaryDirectory _folder = new();
    private readonly NamedKey _key = TestKeys.New();
    private readonly BodyStore _store;

    public BodyStoreTests() => _store = Store(_key);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Find_WhatWasKept_GivesItBack()
    {
        var number = 0;
        Prop.ForAll(
                ArbMap.Default.ArbFor<byte[]>(),
                body =>
                {
                    var decision = $"d-{number++}";
                    _store
                        .KeepAsync(new(Acme, Day, decision, BodyDirection.Request), body, synced: false, CancellationToken.None)
                        .GetAwaiter()
                        .GetResult();
                    return _store.Find(Acme, decision, BodyDirection.Request)!.Value.Span.SequenceEqual(body)
                        && _store.Find(Acme, decision, BodyDirection.Response) is null;
                }
            )
            .QuickCheckThrowOnFailure();
    }

    [Fact]
    public async Task Find_InAnotherProcess_GivesItBackToo()
    {
        await KeepAsync("d-1");

        Assert.Equal(Canary, Encoding.UTF8.GetString(Store(_key).Find(Acme, "d-1", BodyDirection.Request)!.Value.Span));
    }

    [Fact]
    public async Task Files_HoldNothingInClear_AndAreTheirOwnersOnly()
    {
        await KeepAsync("d-1");

        var files = Directory.GetFiles(_folder.Path, "*", SearchOption.AllDirectories);
        Assert.Equal(2, files.Length); // The body's and its day's key.
        Assert.All(
            files,
            file =>
            {
                Assert.True(File.ReadAllBytes(file).AsSpan().IndexOf(Encoding.UTF8.GetBytes(Canary)) < 0, file);
                Assert.True(
                    OperatingSystem.IsWindows() || File.GetUnixFileMode(file) == (UnixFileMode.UserRead | UnixFileMode.UserWrite),
                    file
                );
            }
        );
    }

    [Fact]
    public async Task EqualBodies_HaveNothingInCommonOnDisk()
    {
        await KeepAsync("d-1");
        await KeepAsync("d-2");

        Assert.NotEqual(File.ReadAllBytes(FileOf("d-1"))[16..], File.ReadAllBytes(FileOf("d-2"))[16..]);
    }

    [Fact]
    public async Task Find_AnyByteChanged_FailsByName()
    {
        await KeepAsync("d-1");
        var good = File.ReadAllBytes(FileOf("d-1"));

        for (var i = 0; i < good.Length; i++)
        {
            var bad = good.ToArray();
            bad[i] ^= 1;
            File.WriteAllBytes(FileOf("d-1"), bad);
            Assert.Contains(
                "request of decision d-1 of tenant 'acme'",
                Assert.Throws<BodyException>(() => _store.Find(Acme, "d-1", BodyDirection.Request)).Message,
                StringComparison.Ordinal
            );
        }
    }

    [Fact]
    public async Task Find_CutAnywhereOrLonger_Fails()
    {
        await KeepAsync("d-1");
        var good = File.ReadAllBytes(FileOf("d-1"));

        foreach (var bad in Enumerable.Range(0, good.Length).Select(length => good[..length]).Append([.. good, 0]))
        {
            File.WriteAllBytes(FileOf("d-1"), bad);
            Assert.Throws<BodyException>(() => _store.Find(Acme, "d-1", BodyDirection.Request));
        }
    }

    [Theory]
    [InlineData("acme/2030-01-31/d-2.request")]
    [InlineData("acme/2030-01-31/d-2.response")]
    [InlineData("acme/2030-02-01/d-2.request")]
    [InlineData("other/2030-01-31/d-2.request")]
    public async Task Find_MovedToAnotherName_Fails(string name)
    {
        await KeepAsync("d-1");
        await _store.KeepAsync(new(Acme, Day.AddDays(1), "d-0", BodyDirection.Request), "x"u8, synced: false, CancellationToken.None);
        await _store.KeepAsync(new(Other, Day, "d-0", BodyDirection.Request), "x"u8, synced: false, CancellationToken.None);
        File.Move(FileOf("d-1"), Path.Combine(_folder.Path, name));

        var tenant = Id<Tenant>.Parse(name.Split('/')[0]);
        var direction = name.EndsWith("request", StringComparison.Ordinal) ? BodyDirection.Request : BodyDirection.Response;
        Assert.Throws<BodyException>(() => _store.Find(tenant, "d-2", direction));
        Assert.Null(_store.Find(Acme, "d-1", BodyDirection.Request));
    }

    [Fact]
    public async Task Find_WithAnotherTenantsKey_Fails()
    {
        await KeepAsync("d-1");
        Directory.Move(Path.Combine(_folder.Path, "acme"), Path.Combine(_folder.Path, "other"));

        Assert.Throws<EnvelopeException>(() => Store(_key).Find(Other, "d-1", BodyDirection.Request));
    }

    [Fact]
    public async Task Find_AfterARotation_NeedsTheOlderKey()
    {
        await KeepAsync("d-1");
        var next = TestKeys.New("k2");

        Assert.NotNull(Store(next, _key).Find(Acme, "d-1", BodyDirection.Request));
        Assert.Contains(
            _key.Id,
            Assert.Throws<EnvelopeException>(() => Store(next).Find(Acme, "d-1", BodyDirection.Request)).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Rotate_SealsTheDaysKeysAnew_AndTheOlderOneCanBeDropped()
    {
        await KeepAsync("d-1");
        var next = TestKeys.New("k2");

        Assert.Equal(1, Store(next, _key).Rotate(Acme));
        Assert.Equal(0, Store(next, _key).Rotate(Acme));
        Assert.NotNull(Store(next).Find(Acme, "d-1", BodyDirection.Request));
        await KeepAsync("d-2"); // By the process that has it open.
        Assert.NotNull(Store(next).Find(Acme, "d-2", BodyDirection.Request));
    }

    [Fact]
    public async Task Keep_UnderANameThatIsTaken_FailsAndLeavesTheFirst()
    {
        await KeepAsync("d-1");

        await Assert.ThrowsAnyAsync<IOException>(() => KeepAsync("d-1", "another"));
        Assert.Equal(Canary, Encoding.UTF8.GetString(_store.Find(Acme, "d-1", BodyDirection.Request)!.Value.Span));
    }

    [Fact]
    public async Task Keep_OfManyAtOnceOnANewDay_ByTwoProcesses_OpensAll()
    {
        BodyStore[] stores = [Store(_key), Store(_key)];

        await Task.WhenAll(
            Enumerable
                .Range(0, 100)
                .Select(i =>
                    stores[i % 2]
                        .KeepAsync(new(Acme, Day, $"d-{i}", BodyDirection.Response), "same"u8, synced: false, CancellationToken.None)
                )
        );

        Assert.All(
            Enumerable.Range(0, 100),
            i => Assert.True(Store(_key).Find(Acme, $"d-{i}", BodyDirection.Response)!.Value.Span.SequenceEqual("same"u8))
        );
    }

    [Fact]
    public async Task Keep_WhereTheFolderIsNone_FailsAndWorksAgainOnceItIs()
    {
        var home = Path.Combine(_folder.Path, "acme");
        File.WriteAllText(home, "");
        await Assert.ThrowsAnyAsync<IOException>(() => KeepAsync("d-1"));

        File.Delete(home);
        await KeepAsync("d-1");
        Assert.NotNull(_store.Find(Acme, "d-1", BodyDirection.Request));
    }

    [Fact]
    public async Task Keep_OnceTheDaysKeyIsGone_MakesAnotherAndTheOldStayShut()
    {
        await KeepAsync("d-1");
        File.Delete(Path.Combine(Path.GetDirectoryName(FileOf("d-1"))!, "key"));
        Assert.Throws<EnvelopeException>(() => _store.Find(Acme, "d-1", BodyDirection.Request));

        await KeepAsync("d-2");
        Assert.Throws<BodyException>(() => _store.Find(Acme, "d-1", BodyDirection.Request));
        Assert.NotNull(Store(_key).Find(Acme, "d-2", BodyDirection.Request));
    }

    [PipeFact]
    public async Task Keep_WhileTheDiskHangs_EndsWithTheWaitAndHoldsNoMoreThanItsWriters()
    {
        var key = Path.Combine(Directory.CreateDirectory(Path.Combine(_folder.Path, "acme", "2030-01-31")).FullName, "key");
        Assert.True(PipeFactAttribute.Make(key));
        var hanging = Enumerable.Range(0, BodyStore.MaxWriters).Select(i => KeepAsync($"d-{i}")).ToArray();
        using var patience = new CancellationTokenSource();
        var waiting = _store.KeepAsync(new(Acme, Day, "d-last", BodyDirection.Request), "x"u8, synced: false, patience.Token);

        await patience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.All(hanging, keeping => Assert.False(keeping.IsCompleted));
        var released = Task.WhenAll(hanging);
        await PipeFactAttribute.ReleaseAsync(key, released);
        await Assert.ThrowsAsync<EnvelopeException>(() => released);
        Assert.Empty(Directory.GetFiles(_folder.Path, "*.request", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Keep_WhatMustSurviveALossOfPower_SyncsItsNameAndThoseThatLeadToItsKey()
    {
        var synced = new List<string>();
        var store = new BodyStore(_folder.Path, new Envelope(TestKeys.Ring(keys: _key)), synced.Add);
        var day = Path.GetDirectoryName(FileOf("d-1"))!;

        await store.KeepAsync(new(Acme, Day, "d-1", BodyDirection.Request), "x"u8, synced: false, CancellationToken.None);
        await store.KeepAsync(new(Acme, Day, "d-2", BodyDirection.Request), "x"u8, synced: true, CancellationToken.None);

        Assert.Equal([day, Path.GetDirectoryName(day)!, _folder.Path, day], synced);
    }

    [Theory]
    [InlineData("../d-1")]
    [InlineData("")]
    [InlineData("D-1")]
    [InlineData("d.1")]
    public async Task Keep_ForWhatIsNoDecision_IsRefused(string decision)
    {
        await Assert.ThrowsAsync<ArgumentException>(() => KeepAsync(decision));
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public async Task Keep_OfNoDirection_IsRefused() =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() =>
            _store.KeepAsync(new(Acme, Day, "d-1", default), "x"u8, synced: false, CancellationToken.None)
        );

    [Fact]
    public void RemoveExpired_RemovesWhatIsDueAndNothingElse()
    {
        var days = Gen.Choose(0, 60).NonEmptyListOf();
        Prop.ForAll(
                days.ToArbitrary(),
                Gen.Choose(0, 60).ToArbitrary(),
                (kept, now) =>
                {
                    using var folder = new TemporaryDirectory();
                    var store = new BodyStore(folder.Path, new Envelope(TestKeys.Ring(keys: _key)));
                    foreach (var (day, i) in kept.Select((day, i) => (day, i)))
                    {
                        store
                            .KeepAsync(
                                new(i % 2 == 0 ? Acme : Other, Day.AddDays(day), $"d-{i}", BodyDirection.Request),
                                "x"u8,
                                synced: false,
                                CancellationToken.None
                            )
                            .GetAwaiter()
                            .GetResult();
                    }

                    var instant = new DateTimeOffset(Day.AddDays(now), new TimeOnly(RandomNumberGenerator.GetInt32(24), 0), TimeSpan.Zero);
                    var removed = store.RemoveExpired(instant);

                    return removed == kept.Select((day, i) => (day, i % 2)).Distinct().Count(k => k.day < now)
                        && store.RemoveExpired(instant) == 0
                        && kept.Select(
                                (day, i) =>
                                    (store.Find(i % 2 == 0 ? Acme : Other, $"d-{i}", BodyDirection.Request) is not null) == (day >= now)
                            )
                            .All(right => right);
                }
            )
            .QuickCheckThrowOnFailure();
    }

    [Fact]
    public async Task RemoveExpired_LeavesWhatIsntNamedAsADay()
    {
        await KeepAsync("d-1");
        var strange = Directory.CreateDirectory(Path.Combine(_folder.Path, "acme", "2020-1-1")).FullName;

        Assert.Equal(1, _store.RemoveExpired(new DateTimeOffset(2040, 1, 1, 0, 0, 0, TimeSpan.Zero)));
        Assert.True(Directory.Exists(strange));
        Assert.False(Directory.Exists(Path.GetDirectoryName(FileOf("d-1"))));
    }

    [Fact]
    public void Prepare_WhereTheDaysKeyDoesNotOpen_Fails()
    {
        _store.Prepare(Acme, Day);

        Assert.Throws<EnvelopeException>(() => Store(TestKeys.New("k2")).Prepare(Acme, Day));
    }

    private BodyStore Store(params NamedKey[] keys) => new(_folder.Path, new Envelope(TestKeys.Ring(keys: keys)));

    private Task KeepAsync(string decision, string body = Canary) =>
        _store.KeepAsync(
            new(Acme, Day, decision, BodyDirection.Request),
            Encoding.UTF8.GetBytes(body),
            synced: true,
            CancellationToken.None
        );

    private string FileOf(string decision) => Path.Combine(_folder.Path, "acme", "2030-01-31", $"{decision}.request");
}
