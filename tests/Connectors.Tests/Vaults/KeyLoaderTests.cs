using System.Security.Cryptography;
using Gateway.Connectors.Vaults;
using Gateway.Testing;

namespace Gateway.Connectors.Tests.Vaults;

public sealed class KeyLoaderTests : IDisposable
{
    private readonly TemporaryDirectory _data = new();

    private readonly Dictionary<string, string?> _settings = new()
    {
        ["DATA_ENCRYPTION_KEY"] = TestKeys.Text("d1"),
        ["DECISION_SIGNING_KEY"] = TestKeys.Text("s1"),
        ["BEARER_KEY_PEPPER"] = TestKeys.Text("p1"),
        ["LOG_SIGNING_KEY"] = TestKeys.Text("l1"),
    };

    public void Dispose() => _data.Dispose();

    [Fact]
    public void Load_AllKeysGiven_HasNoErrorAndNoWarning()
    {
        var result = Load();

        Assert.Equal(
            ("d1", "s1", "p1"),
            (result.Keys!.DataEncryption.Current.Id, result.Keys.DecisionSigning.Current.Id, result.Keys.BearerPepper.Current.Id)
        );
        Assert.Empty(result.Errors);
        Assert.Empty(result.Warnings);
        Assert.Empty(Directory.GetFileSystemEntries(_data.Path));
    }

    [Fact]
    public void Load_NothingGivenInProduction_NamesEveryMissingKeyAndMakesNone()
    {
        _settings.Clear();

        var result = Load();

        Assert.Null(result.Keys);
        Assert.Equal(
            ["DATA_ENCRYPTION_KEY", "DECISION_SIGNING_KEY", "BEARER_KEY_PEPPER", "LOG_SIGNING_KEY"],
            result.Errors.Select(e => e.Setting)
        );
        Assert.All(result.Errors, e => Assert.Contains("openssl rand -base64 32", e.Remedy, StringComparison.Ordinal));
        Assert.Empty(Directory.GetFileSystemEntries(_data.Path));
    }

    [Fact]
    public void Load_NothingGivenInDevelopment_MakesKeysOnceAndWarnsEachTime()
    {
        _settings.Clear();

        var first = Load(createMissing: true);
        var second = Load(createMissing: true);

        Assert.Equal(4, first.Warnings.Count);
        Assert.Equal(first.Warnings, second.Warnings);
        Assert.Equal(first.Keys!.DataEncryption.Current.Bytes.ToArray(), second.Keys!.DataEncryption.Current.Bytes.ToArray());
        Assert.All(
            Directory.GetFiles(_data.File("keys")),
            file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, Mode(file))
        );
    }

    [Fact]
    public async Task Load_ManyProcessesMakeKeysAtOnce_AgreeOnOne()
    {
        _settings.Clear();
        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Load(createMissing: true))));

        Assert.Single(results.Select(r => Convert.ToHexString(r.Keys!.DataEncryption.Current.Bytes)).Distinct());
        Assert.Equal(4, Directory.GetFiles(_data.File("keys")).Length);
    }

    [Fact]
    public void Load_MadeKeyThatOthersMayRead_IsRefused()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        _settings.Clear();
        Load(createMissing: true);
        File.SetUnixFileMode(_data.File("keys/decision_signing_key.key"), UnixFileMode.UserRead | UnixFileMode.OtherRead);

        var result = Load(createMissing: true);

        Assert.Null(result.Keys);
        Assert.Equal("DECISION_SIGNING_KEY", Assert.Single(result.Errors).Setting);
    }

    [Fact]
    public void Load_DataDirectoryThatIsAFile_IsAnErrorPerKey()
    {
        _settings.Clear();
        File.WriteAllText(_data.File("keys"), "");

        Assert.Equal(4, Load(createMissing: true).Errors.Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("rubbish")]
    public void Load_ABadKeyInDevelopment_IsNotReplacedByAMadeOne(string text)
    {
        _settings["DATA_ENCRYPTION_KEY"] = text;

        var result = Load(createMissing: true);

        Assert.Null(result.Keys);
        Assert.Equal("DATA_ENCRYPTION_KEY", Assert.Single(result.Errors).Setting);
    }

    [Fact]
    public void Load_EqualKeysInDifferentEncodings_NamesBothSettingsAndNoValue()
    {
        var bytes = RandomNumberGenerator.GetBytes(NamedKey.Length);
        var plain = Convert.ToBase64String(bytes);
        var url = plain.Replace('+', '-').Replace('/', '_').TrimEnd('=');
        _settings["DATA_ENCRYPTION_KEY"] = "a:" + plain;
        _settings["DECISION_SIGNING_KEY"] = $"{TestKeys.Text("s2")},b:{url}";

        var result = Load();

        Assert.Null(result.Keys);
        var error = Assert.Single(result.Errors);
        Assert.Equal("DATA_ENCRYPTION_KEY and DECISION_SIGNING_KEY", error.Setting);
        Assert.DoesNotContain(plain[..8], error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(url[..8], error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Load_EqualKeys_StopInEveryEnvironment(bool createMissing)
    {
        _settings["MASTER_KEY"] = _settings["BEARER_KEY_PEPPER"];

        Assert.Equal("MASTER_KEY and BEARER_KEY_PEPPER", Assert.Single(Load(createMissing).Errors).Setting);
    }

    [Fact]
    public void Load_OneKeyTwiceInASetting_IsRefused()
    {
        var text = _settings["DATA_ENCRYPTION_KEY"]!;
        _settings["DATA_ENCRYPTION_KEY"] = $"{text},again:{text[3..]}";

        Assert.Equal("DATA_ENCRYPTION_KEY", Assert.Single(Load().Errors).Setting);
    }

    [Fact]
    public void Load_MasterKey_DerivesPepperAndLogKeyAndNothingThatMustBeGiven()
    {
        _settings.Remove("BEARER_KEY_PEPPER");
        _settings["MASTER_KEY"] = $"{TestKeys.Text("m2")},{TestKeys.Text("m1")}";

        var pepper = Load().Keys!.BearerPepper;

        Assert.Equal(["m2", "m1"], pepper.All.Select(k => k.Id));
        Assert.Equal(pepper.Current.Bytes.ToArray(), Load().Keys!.BearerPepper.Current.Bytes.ToArray());
        _settings.Remove("LOG_SIGNING_KEY");
        Assert.Equal(["m2", "m1"], Load().Keys!.LogSigning.All.Select(k => k.Id));
        Assert.NotEqual(pepper.Current.Bytes.ToArray(), Load().Keys!.LogSigning.Current.Bytes.ToArray());
        _settings.Remove("DECISION_SIGNING_KEY");
        Assert.Equal("DECISION_SIGNING_KEY", Assert.Single(Load().Errors).Setting);
    }

    [Fact]
    public void Load_MasterKeyAndAKeyOfItsOwn_TheOwnKeyCounts()
    {
        _settings["MASTER_KEY"] = TestKeys.Text("m");

        Assert.Equal("p1", Load().Keys!.BearerPepper.Current.Id);
    }

    [Fact]
    public void Load_MountedFile_IsReadWithoutItsLastLineFeed()
    {
        File.WriteAllText(_data.File("mounted"), TestKeys.Text("f1") + "\n");
        _settings.Remove("DATA_ENCRYPTION_KEY");
        _settings["DATA_ENCRYPTION_KEY_FILE"] = _data.File("mounted");

        Assert.Equal("f1", Load().Keys!.DataEncryption.Current.Id);
    }

    [Fact]
    public void Load_SettingAndFile_AreNotBothAccepted()
    {
        _settings["DATA_ENCRYPTION_KEY_FILE"] = _data.File("mounted");

        Assert.Contains("both set", Assert.Single(Load().Errors).Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("missing")]
    [InlineData("empty")]
    [InlineData("large")]
    [InlineData(".")]
    public void Load_MountedFileThatIsNoKey_IsAnErrorAndNotAMadeKey(string name)
    {
        File.WriteAllText(_data.File("empty"), "\n");
        File.WriteAllText(_data.File("large"), new string('a', 5000));
        _settings.Remove("DATA_ENCRYPTION_KEY");
        _settings["DATA_ENCRYPTION_KEY_FILE"] = _data.File(name);

        var result = Load(createMissing: true);

        Assert.Null(result.Keys);
        Assert.Equal("DATA_ENCRYPTION_KEY_FILE", Assert.Single(result.Errors).Setting);
    }

    private static UnixFileMode Mode(string file) => OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(file);

    private KeyLoadResult Load(bool createMissing = false) => KeyLoader.Load(_settings, createMissing, _data.Path);
}
