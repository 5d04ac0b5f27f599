using System.Text.Json;
using Gateway.Connectors.Contracts;
using Gateway.Connectors.Vaults;
using Gateway.Policy.Model;
using Gateway.Testing;

namespace Gateway.Connectors.Tests.Vaults;

public sealed class MountedFileSourceTests : CredentialSourceContract, IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public MountedFileSourceTests() => Directory.CreateDirectory(_directory.File("root"));

    protected override ICredentialSource Source => new MountedFileSource(_directory.File("root"));

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("secret", "secret")]
    [InlineData("secret\n", "secret")]
    [InlineData("secret\r\n", "secret")]
    [InlineData("secret\n\n", "secret\n")]
    [InlineData(" secret ", " secret ")]
    public async Task Fetch_OneLineFeedAtTheEnd_IsNotPartOfTheSecret(string content, string secret)
    {
        await PutAsync(Acme, Name(Acme, "a"), content);

        Assert.Equal(secret, await FetchAsync(Acme, Name(Acme, "a")));
    }

    [Fact]
    public async Task Fetch_KubernetesMount_FollowsItsLinksAndItsTurn()
    {
        Write("root/acme/..2030_01/key", "first");
        Write("root/acme/..2030_02/key", "second");
        Link("root/acme/..data", "..2030_01");
        Link("root/acme/key", "..data/key");

        Assert.Equal("first", await FetchAsync(Acme, Name(Acme, "key")));
        File.Delete(_directory.File("root/acme/..data"));
        Link("root/acme/..data", "..2030_02");
        Directory.Delete(_directory.File("root/acme/..2030_01"), recursive: true);
        Assert.Equal("second", await FetchAsync(Acme, Name(Acme, "key")));
    }

    [Fact]
    public async Task Fetch_KubernetesMountOfAllTenants_FollowsTheTenantsLink()
    {
        Write("root/..2030_01/acme/key", "secret");
        Link("root/..data", "..2030_01");
        Link("root/acme", "..data/acme");

        Assert.Equal("secret", await FetchAsync(Acme, Name(Acme, "key")));
    }

    [Theory]
    [InlineData("root/acme/key", "../../outside")]
    [InlineData("root/acme/key", "../other/key")]
    [InlineData("root/acme/key", "../acme2/key")]
    [InlineData("root/acme/key", "../../root/other/key")]
    [InlineData("root/acme", "other")]
    [InlineData("root/acme", "../away/acme")]
    public async Task Fetch_ALinkOutOfTheTenantsFolder_Refuses(string link, string target)
    {
        Write("outside", "secret");
        Write("root/other/key", "secret");
        Write("root/acme2/key", "secret");
        Write("away/acme/key", "secret");
        Link(link, target);

        await Assert.ThrowsAsync<CredentialSourceException>(() => FetchAsync(Acme, Name(Acme, "key")));
    }

    [Fact]
    public async Task Fetch_AnAbsoluteLinkOrACircle_Refuses()
    {
        Link("root/acme/passwd", "/etc/passwd");
        Link("root/acme/a", "b");
        Link("root/acme/b", "a");

        await Assert.ThrowsAsync<CredentialSourceException>(() => FetchAsync(Acme, Name(Acme, "passwd")));
        await Assert.ThrowsAsync<CredentialSourceException>(() => FetchAsync(Acme, Name(Acme, "a")));
    }

    [Fact]
    public async Task Fetch_ALinkedFolderOnTheWay_IsFollowedToo()
    {
        Write("outside/key", "secret");
        Link("root/acme/folder", "../../outside");

        await Assert.ThrowsAsync<CredentialSourceException>(() => FetchAsync(Acme, Name(Acme, "folder/key")));
    }

    [Fact]
    public async Task Fetch_OverTheLimit_Refuses()
    {
        await PutAsync(Acme, Name(Acme, "most"), new string('x', SecretText.MaxBytes));
        await PutAsync(Acme, Name(Acme, "more"), new string('x', SecretText.MaxBytes + 1));

        Assert.Equal(SecretText.MaxBytes, (await FetchAsync(Acme, Name(Acme, "most")))!.Length);
        await Assert.ThrowsAsync<CredentialSourceException>(() => FetchAsync(Acme, Name(Acme, "more")));
    }

    [Fact]
    public async Task Fetch_EmptyOrNotText_Refuses()
    {
        await PutAsync(Acme, Name(Acme, "empty"), "\n");
        await File.WriteAllBytesAsync(_directory.File("root/acme/bytes"), [0xFF, 0xFE, 0x80]);

        await Assert.ThrowsAsync<CredentialSourceException>(() => FetchAsync(Acme, Name(Acme, "empty")));
        await Assert.ThrowsAsync<CredentialSourceException>(() => FetchAsync(Acme, Name(Acme, "bytes")));
    }

    protected override CredentialReference Name(Id<Tenant> tenant, string name, string field = "") => new("files", name, field);

    protected override Task PutAsync(Id<Tenant> tenant, CredentialReference reference, string value)
    {
        var content =
            reference.Field.Length == 0 ? value : JsonSerializer.Serialize(new Dictionary<string, string> { [reference.Field] = value });
        Write($"root/{tenant}/{reference.Path}", content);
        return Task.CompletedTask;
    }

    protected override bool TryBreak()
    {
        Directory.Delete(_directory.File("root"), recursive: true);
        return true;
    }

    private void Write(string path, string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_directory.File(path))!);
        File.WriteAllText(_directory.File(path), content);
    }

    private void Link(string path, string target)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_directory.File(path))!);
        File.CreateSymbolicLink(_directory.File(path), target);
    }
}
