using Gateway.Connectors.Vaults;

namespace Gateway.Cli.Tests.Commands.Secrets;

public sealed class KeysCommandsTests : IDisposable
{
    private readonly CommandFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Init_PrintsKeysThatAnInstanceStartsWith()
    {
        var lines = (await _folder.RunAsync("keys init")).Ended(0).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var settings = lines.Select(line => line.Split('=', 2)).ToDictionary(pair => pair[0], pair => (string?)pair[1]);
        var loaded = KeyLoader.Load(settings, createMissing: false, _folder.Data);
        Assert.Empty(loaded.Errors);
        Assert.NotNull(loaded.Keys);
    }

    [Fact]
    public async Task Init_Twice_GivesOtherKeys() =>
        Assert.NotEqual((await _folder.RunAsync("keys init")).Output, (await _folder.RunAsync("keys init")).Output);

    [Fact]
    public async Task Init_IntoAFolder_WritesFilesForTheirOwnerAndPrintsTheirNames()
    {
        var settings = (await _folder.RunAsync("keys init --dir mounted --json")).Ended(0).Data().GetProperty("settings");
        var loaded = KeyLoader.Load(
            settings.EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetString()),
            createMissing: false,
            _folder.Data
        );
        Assert.NotNull(loaded.Keys);
        foreach (var setting in settings.EnumerateObject())
        {
            var file = setting.Value.GetString()!;
            Assert.True(
                OperatingSystem.IsWindows() || File.GetUnixFileMode(file) == (UnixFileMode.UserRead | UnixFileMode.UserWrite),
                file
            );
        }
    }

    [Fact]
    public async Task Init_WhereAKeyIs_WritesNothingAtAll()
    {
        Directory.CreateDirectory(_folder.FileOf("mounted"));
        await File.WriteAllTextAsync(Path.Combine(_folder.FileOf("mounted"), "bearer_key_pepper.key"), "kept");
        (await _folder.RunAsync("keys init --dir mounted")).Ended(6);
        Assert.Equal("kept", await File.ReadAllTextAsync(Assert.Single(Directory.GetFiles(_folder.FileOf("mounted")))));
    }

    [Fact]
    public async Task Init_TwiceAtOnceIntoOneFolder_LetsOneWin_WhoseKeysAreWhole()
    {
        var runs = await Task.WhenAll(
            _folder.RunAsync("keys init --dir mounted --json"),
            _folder.RunAsync("keys init --dir mounted --json")
        );
        var winner = Assert.Single(runs, run => run.Exit == 0);
        var settings = winner.Data().GetProperty("settings").EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetString());
        Assert.NotNull(KeyLoader.Load(settings, createMissing: false, _folder.Data).Keys);
    }

    [Fact]
    public async Task Rotate_OfSigningKeys_MakesTheNextPairBesideTheOlderOnes()
    {
        (await _folder.RunAsync("keys init --out-dir keys")).Ended(0);
        var next = (await _folder.RunAsync("keys rotate --out-dir keys --json")).Ended(0).Data();

        Assert.Equal(4, Directory.GetFiles(_folder.FileOf("keys")).Length);
        var (priv, pub) = (next.GetProperty("private_key_path").GetString(), next.GetProperty("public_key_path").GetString());
        Assert.Matches("^keys/gait_[0-9]{8}T[0-9]{9}Z_private[.]key$", priv);
        (await _folder.RunAsync($"keys verify --private-key {priv} --public-key {pub}")).Ended(0);
        (await _folder.RunAsync($"keys verify --private-key {priv} --public-key keys/gait_public.key")).Ended(2);
    }

    [Fact]
    public async Task Rotate_SealsVaultAndCredentialsUnderTheNewKey_AndTheOldOneCanBeDropped()
    {
        await _folder.RunAsync("vault put --tenant demo --path crm --field token", "value");
        await _folder.RunAsync("agents credentials create --tenant demo --agent assistant --kind hmac");
        var fresh = KeyGenerator.Generate()[0].Value.Reveal();
        _folder.Settings["DATA_ENCRYPTION_KEY"] = $"{fresh},{_folder.Settings["DATA_ENCRYPTION_KEY"]}";

        var first = (await _folder.RunAsync("keys rotate --json")).Ended(0).Data();
        _folder.Settings["DATA_ENCRYPTION_KEY"] = fresh;
        var second = (await _folder.RunAsync("keys rotate --json")).Ended(0).Data();

        Assert.Equal((1, 1), (first.GetProperty("secrets").GetInt32(), first.GetProperty("credentials").GetInt32()));
        Assert.Equal((0, 0), (second.GetProperty("secrets").GetInt32(), second.GetProperty("credentials").GetInt32()));
    }
}
