using Gateway.Connectors.Contracts;
using Gateway.Connectors.Vaults;
using Gateway.Policy.Model;
using Gateway.Testing;

namespace Gateway.Connectors.Tests.Vaults;

public sealed class EncryptedFileVaultTests : CredentialSourceContract, IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly NamedKey _key = TestKeys.New();
    private readonly EncryptedFileVault _vault;

    public EncryptedFileVaultTests() => _vault = Open(_key);

    protected override ICredentialSource Source => _vault;

    private string AcmesFile => _directory.File("vault/acme.json");

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Put_TheFile_HoldsNoPlaintextAndOnlyItsOwnerReadsIt()
    {
        await PutAsync(Acme, Name(Acme, "openai", "key"), "canary-7f3a");

        var text = await File.ReadAllTextAsync(AcmesFile);
        Assert.DoesNotContain("canary", text, StringComparison.Ordinal);
        Assert.Contains("\"openai\"", text, StringComparison.Ordinal);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, Mode(AcmesFile));
        Assert.Empty(Directory.GetFiles(_directory.File("vault"), "*.tmp"));
    }

    [Fact]
    public async Task Fetch_EnvelopeCopiedToAnotherNameOrTenant_Refuses()
    {
        await PutAsync(Acme, Name(Acme, "first"), "secret");
        var text = await File.ReadAllTextAsync(AcmesFile);
        await File.WriteAllTextAsync(AcmesFile, text.Replace("\"first\"", "\"second\"", StringComparison.Ordinal));
        await File.WriteAllTextAsync(_directory.File("vault/other.json"), text);

        await Assert.ThrowsAsync<CredentialSourceException>(() => FetchAsync(Acme, Name(Acme, "second")));
        await Assert.ThrowsAsync<CredentialSourceException>(() => FetchAsync(Other, Name(Other, "first")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"openai\": null}")]
    [InlineData("{\"openai\": {\"\": null}}")]
    [InlineData("{\"openai\": {\"\": 1}}")]
    [InlineData("{\"openai\": {\"\": \"plain\"}}")]
    [InlineData("{\"openai\": {\"\": \"a\"}, \"openai\": {}}")]
    [InlineData("{\"openai\": {\"\": \"")]
    public async Task Fetch_AFileThatGatewayDidNotWrite_Refuses(string content)
    {
        Directory.CreateDirectory(_directory.File("vault"));
        await File.WriteAllTextAsync(AcmesFile, content);

        await Assert.ThrowsAsync<CredentialSourceException>(() => FetchAsync(Acme, Name(Acme, "openai")));
    }

    [Fact]
    public async Task List_GivesNamesAndKeys_OfThatTenantOnly()
    {
        await PutAsync(Acme, Name(Acme, "b"), "1");
        await PutAsync(Acme, Name(Acme, "a", "x"), "2");
        await PutAsync(Other, Name(Other, "c"), "3");

        Assert.Equal(["vault://local/a#x k1", "vault://local/b k1"], _vault.List(Acme).Select(e => $"{e.Reference} {e.KeyId}"));
        Assert.Equal([Acme, Other], _vault.Tenants());
    }

    [Fact]
    public async Task Remove_IsTrueOnce()
    {
        await PutAsync(Acme, Name(Acme, "a"), "1");

        Assert.True(await _vault.RemoveAsync(Acme, Name(Acme, "a"), CancellationToken.None));
        Assert.False(await _vault.RemoveAsync(Acme, Name(Acme, "a"), CancellationToken.None));
        Assert.Empty(_vault.List(Acme));
    }

    [Fact]
    public async Task Change_IsHandedOutOnce_AndTellsNothingOfTheSecret()
    {
        var vault = _vault.By(new ChangeOrigin("os:ann", "gw-1: gateway vault put", "a new provider"));
        await vault.PutAsync(Acme, Name(Acme, "a"), new Secret("canary-1"), CancellationToken.None);
        await vault.PutAsync(Acme, Name(Acme, "a"), new Secret("canary-2"), CancellationToken.None);
        await vault.RemoveAsync(Acme, Name(Acme, "a"), CancellationToken.None);
        Assert.Equal(3, EncryptedFileVault.Unrecorded(_directory.File("vault"), Acme).Count);

        var notes = new List<ChangeNote>();
        Task Take(ChangeNote note)
        {
            notes.Add(note);
            return Task.CompletedTask;
        }

        Assert.Equal(3, await _vault.RecordChangesAsync(Acme, (note, _) => Take(note), CancellationToken.None));

        Assert.Equal([GovernedChange.SecretPut, GovernedChange.SecretPut, GovernedChange.SecretRemoved], notes.Select(note => note.Kind));
        Assert.Empty(notes[0].Before);
        Assert.Equal(notes[0].After, notes[1].Before);
        Assert.Equal(notes[1].After, notes[2].Before);
        Assert.Empty(notes[2].After);
        Assert.All(
            notes,
            note => Assert.DoesNotContain("canary", System.Text.Json.JsonSerializer.Serialize(note), StringComparison.Ordinal)
        );
        Assert.Equal("os:ann", notes[0].Origin.By);
        Assert.Equal(0, await _vault.RecordChangesAsync(Acme, (note, _) => Take(note), CancellationToken.None));
        Assert.Empty(_vault.List(Acme));
    }

    [Fact]
    public async Task Change_WhoseRecordFails_StaysWhereTheSecretIs()
    {
        await PutAsync(Acme, Name(Acme, "a"), "1");

        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            _vault.RecordChangesAsync(Acme, (_, _) => throw new InvalidOperationException(), CancellationToken.None)
        );

        Assert.Single(_vault.Unrecorded(Acme));
        Assert.Equal("1", (await FetchAsync(Acme, Name(Acme, "a"))));
    }

    [Fact]
    public async Task Notes_ThatGatewayDidNotWrite_AreRefused_AndNoSecretOfTheirName()
    {
        Directory.CreateDirectory(_directory.File("vault"));
        await File.WriteAllTextAsync(AcmesFile, "{\"\": {\"x\": \"{}\"}}");

        Assert.Throws<CredentialSourceException>(() => _vault.Unrecorded(Acme));
        Assert.Empty(_vault.List(Acme));
    }

    [Fact]
    public async Task Rotate_SealsEverythingAnew_SoThatTheOldKeyCanGo()
    {
        var next = TestKeys.New("k2");
        await PutAsync(Acme, Name(Acme, "a"), "1");
        await PutAsync(Acme, Name(Acme, "b", "x"), "2");
        var both = Open(next, _key);

        Assert.Equal(2, await both.RotateAsync(Acme, CancellationToken.None));
        Assert.Equal(0, await both.RotateAsync(Acme, CancellationToken.None));
        Assert.Equal("2", (await Open(next).FetchAsync(Acme, Name(Acme, "b", "x"), CancellationToken.None))!.Reveal());
        Assert.All(both.List(Acme), e => Assert.Equal("k2", e.KeyId));
    }

    [Fact]
    public async Task Rotate_OneThatDoesNotOpen_ChangesNothing()
    {
        await PutAsync(Acme, Name(Acme, "a"), "1");
        await PutAsync(Acme, Name(Acme, "b"), "2");
        var damaged = (await File.ReadAllTextAsync(AcmesFile)).Replace("\"b\"", "\"c\"", StringComparison.Ordinal);
        await File.WriteAllTextAsync(AcmesFile, damaged);

        await Assert.ThrowsAsync<CredentialSourceException>(() => Open(TestKeys.New("k2"), _key).RotateAsync(Acme, CancellationToken.None));
        Assert.Equal(damaged, await File.ReadAllTextAsync(AcmesFile));
    }

    [Fact]
    public async Task Put_FromManyAtOnce_LosesNone()
    {
        await Task.WhenAll(
            Enumerable
                .Range(0, 20)
                .Select(i => Task.Run(() => Open(_key).PutAsync(Acme, Name(Acme, $"n{i}"), new Secret("v"), CancellationToken.None)))
        );

        Assert.Equal(20, _vault.List(Acme).Count);
    }

    [Fact]
    public async Task Put_WhileAnotherHoldsTheLock_GivesUpAndChangesNothing()
    {
        await PutAsync(Acme, Name(Acme, "a"), "before");
        var impatient = new EncryptedFileVault(_directory.File("vault"), new Envelope(TestKeys.Ring(keys: _key)), TimeSpan.Zero);
        using (new FileStream(_directory.File("vault/.acme.lock"), FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            await Assert.ThrowsAsync<CredentialSourceException>(() =>
                impatient.PutAsync(Acme, Name(Acme, "a"), new Secret("after"), CancellationToken.None)
            );
        }

        Assert.Equal("before", await FetchAsync(Acme, Name(Acme, "a")));
    }

    [Fact]
    public async Task Put_WhatIsNoSecretOrNoName_IsRefused()
    {
        await Assert.ThrowsAsync<CredentialSourceException>(() => PutAsync(Acme, Name(Acme, "a"), ""));
        await Assert.ThrowsAsync<CredentialSourceException>(() =>
            PutAsync(Acme, Name(Acme, "a"), new string('x', SecretText.MaxBytes + 1))
        );
        await Assert.ThrowsAsync<CredentialSourceException>(() => PutAsync(Acme, Name(Acme, "../a"), "v"));
        await Assert.ThrowsAsync<CredentialSourceException>(() => PutAsync(Acme, Name(Acme, "a") with { Provider = "files" }, "v"));
        await Assert.ThrowsAsync<CredentialSourceException>(() => PutAsync(default, Name(Acme, "a"), "v"));
        Assert.Empty(_vault.Tenants());
    }

    protected override CredentialReference Name(Id<Tenant> tenant, string name, string field = "") => new("local", name, field);

    protected override Task PutAsync(Id<Tenant> tenant, CredentialReference reference, string value) =>
        Open(_key).PutAsync(tenant, reference, new Secret(value), CancellationToken.None);

    protected override bool TryBreak()
    {
        File.Delete(AcmesFile);
        Directory.CreateDirectory(AcmesFile);
        return true;
    }

    private static UnixFileMode Mode(string file) => OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(file);

    private EncryptedFileVault Open(params NamedKey[] keys) => new(_directory.File("vault"), new Envelope(TestKeys.Ring(keys: keys)));
}
