namespace Gateway.Cli.Tests.Commands.Secrets;

public sealed class VaultCommandsTests : IDisposable
{
    private const string Value = "s3cret-value-of-the-crm";

    private readonly CommandFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Put_FromStandardInput_IsListedAndNeverStoredOrShownInClear()
    {
        var put = await _folder.RunAsync("vault put --tenant demo --path crm/prod --field token", Value + "\n");
        var list = await _folder.RunAsync("vault list --tenant demo --json");

        put.Ended(0);
        var secret = Assert.Single(list.Ended(0).Data().GetProperty("secrets").EnumerateArray());
        Assert.Equal("vault://local/crm/prod#token", secret.GetProperty("reference").GetString());
        Assert.True(secret.GetProperty("current").GetBoolean());
        Assert.DoesNotContain(Value, put.Output + put.Error + list.Output + list.Error, StringComparison.Ordinal);
        Assert.Empty(_folder.FilesWith(Value));
    }

    [Fact]
    public async Task List_ForPeople_IsATableWithoutColours()
    {
        await _folder.RunAsync("vault put --tenant demo --path crm --field token", Value);
        var list = (await _folder.RunAsync("vault list --tenant demo")).Ended(0);
        Assert.Contains("vault://local/crm#token", list.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', list.Output);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("\r\n")]
    public async Task Put_OfNothing_IsRefused(string input)
    {
        var run = (await _folder.RunAsync("vault put --tenant demo --path crm --field token --json", input)).Ended(6);
        Assert.Contains("no value", run.Envelope().GetProperty("errors")[0].GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(_folder.Data, "vault")));
    }

    [Fact]
    public async Task Put_WhereLocksWereTurnedOff_IsRefused_SinceTwoAtOnceWouldLoseOne()
    {
        _folder.Settings["DOTNET_SYSTEM_IO_DISABLEFILELOCKING"] = "1";
        var run = (await _folder.RunAsync("vault put --tenant demo --path crm --field one", Value)).Ended(6);
        Assert.Contains("doesn't hold", run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_folder.Data, "vault", "demo.json")));
    }

    [Fact]
    public async Task Put_OfTwoAtOnce_LosesNone()
    {
        var runs = await Task.WhenAll(
            _folder.RunAsync("vault put --tenant demo --path crm --field one", Value),
            _folder.RunAsync("vault put --tenant demo --path crm --field two", Value)
        );
        Assert.All(runs, run => run.Ended(0));
        Assert.Equal(2, (await _folder.RunAsync("vault list --tenant demo --json")).Data().GetProperty("secrets").GetArrayLength());
    }

    [Fact]
    public async Task Put_IntoADamagedVault_FailsAndLeavesItAsItIs()
    {
        Directory.CreateDirectory(Path.Combine(_folder.Data, "vault"));
        var file = Path.Combine(_folder.Data, "vault", "demo.json");
        await File.WriteAllTextAsync(file, "{");
        (await _folder.RunAsync("vault put --tenant demo --path crm --field token --json", Value)).Ended(1).Envelope();
        Assert.Equal("{", await File.ReadAllTextAsync(file));
    }

    [Theory]
    [InlineData("../../etc")]
    [InlineData("a//b")]
    [InlineData("a b")]
    [InlineData("a#b")]
    public async Task Put_UnderWhatIsNoPath_IsRefused(string path) =>
        (await _folder.RunAsync(["vault", "put", "--tenant", "demo", "--path", path, "--field", "token"], Value)).Ended(6);

    [Fact]
    public async Task Put_OfWhatIsTooLong_IsRefused() =>
        (await _folder.RunAsync("vault put --tenant demo --path crm --field token", new string('x', (64 * 1024) + 2))).Ended(6);

    [Fact]
    public async Task Put_OfTheLongestValueWithItsLineEnd_IsStored() =>
        (await _folder.RunAsync("vault put --tenant demo --path crm --field token", new string('x', 64 * 1024) + "\r\n")).Ended(0);

    [Fact]
    public async Task Put_WithTheValueAsAnArgument_IsRefusedAndDoesNotRepeatIt()
    {
        var run = (await _folder.RunAsync($"vault put --tenant demo --path crm --field token {Value}")).Ended(6);
        Assert.DoesNotContain(Value, run.Output + run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Put_WithoutKeys_IsRefusedWithEveryMissingOne()
    {
        _folder.Settings.Remove("DATA_ENCRYPTION_KEY");
        _folder.Settings.Remove("BEARER_KEY_PEPPER");
        var errors = (await _folder.RunAsync("vault put --tenant demo --path crm --field token --json", Value))
            .Ended(6)
            .Envelope()
            .GetProperty("errors");
        Assert.Equal(2, errors.GetArrayLength());
        Assert.False(Directory.Exists(_folder.Data));
    }

    [Fact]
    public async Task Remove_TakesTheSecretAway_AndOnlyOnce()
    {
        await _folder.RunAsync("vault put --tenant demo --path crm --field token", Value);
        (await _folder.RunAsync("vault remove --tenant other --path crm --field token --reason gone")).Ended(1);
        (await _folder.RunAsync("vault remove --tenant demo --path crm --field token --reason gone")).Ended(0);
        (await _folder.RunAsync("vault remove --tenant demo --path crm --field token --reason gone --json")).Ended(1).Envelope();
        Assert.Equal(0, (await _folder.RunAsync("vault list --tenant demo --json")).Data().GetProperty("secrets").GetArrayLength());
    }

    [Fact]
    public async Task Rotate_SealsUnderTheNewKey_AndTheOldOneCanBeDropped()
    {
        await _folder.RunAsync("vault put --tenant demo --path crm --field token", Value);
        var fresh = Gateway.Connectors.Vaults.KeyGenerator.Generate()[0].Value.Reveal();
        _folder.Settings["DATA_ENCRYPTION_KEY"] = $"{fresh},{_folder.Settings["DATA_ENCRYPTION_KEY"]}";

        var first = (await _folder.RunAsync("vault rotate --json")).Ended(0).Data();
        _folder.Settings["DATA_ENCRYPTION_KEY"] = fresh;
        var second = (await _folder.RunAsync("vault rotate --tenant demo --json")).Ended(0).Data();

        Assert.Equal(1, first.GetProperty("secrets").GetInt32());
        Assert.Equal(0, second.GetProperty("secrets").GetInt32());
    }

    [Fact]
    public async Task Rotate_WithoutTheKeyThatSealed_FailsAndSaysWhichOneIsNeeded()
    {
        await _folder.RunAsync("vault put --tenant demo --path crm --field token", Value);
        var old = _folder.Settings["DATA_ENCRYPTION_KEY"].Split(':')[0];
        _folder.Settings["DATA_ENCRYPTION_KEY"] = Gateway.Connectors.Vaults.KeyGenerator.Generate()[0].Value.Reveal();
        Assert.Contains(old, (await _folder.RunAsync("vault rotate")).Ended(1).Error, StringComparison.Ordinal);
    }
}
