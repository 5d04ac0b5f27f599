using Gateway.Cli.Tests.Remote;
using Gateway.Testing;

namespace Gateway.Cli.Tests.Commands.Profiles;

/// <summary>Where Gateways are, kept for one user alone, with tokens that nothing shows.</summary>
public sealed class ProfileCommandsTests : IDisposable
{
    private const string Address = "https://gateway.example.com:8090";
    private static readonly string Token = ServedGateway.ForeignToken();

    private readonly CommandFolder _folder = CommandFolder.Empty();

    private string Kept => _folder.FileOf("config/gateway/profiles.json");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Profile_IsKept_ForItsOwnerAlone_AndItsTokenIsNeverShown()
    {
        var added = (await AddAsync("prod", Address)).Ended(0);
        Assert.Equal("demo", added.Data().GetProperty("tenant").GetString());
        (await AddAsync("staging", "https://gateway.example.net")).Ended(0);
        (await _folder.RunAsync("profiles use prod")).Ended(0);

        var listed = (await _folder.RunAsync("profiles list")).Ended(0);
        var data = (await _folder.RunAsync("profiles list --json")).Ended(0);
        var profiles = data.Data().GetProperty("profiles");
        Assert.Equal(["prod", "staging"], profiles.EnumerateArray().Select(one => one.GetProperty("name").GetString()!));
        Assert.Equal([true, false], profiles.EnumerateArray().Select(one => one.GetProperty("current").GetBoolean()));
        Assert.Contains(Address, listed.Output, StringComparison.Ordinal);
        Assert.All([added, listed, data], run => Assert.DoesNotContain("gwo_", run.Output + run.Error, StringComparison.Ordinal));
        Assert.True(
            OperatingSystem.IsWindows() || File.GetUnixFileMode(Kept) == (UnixFileMode.UserRead | UnixFileMode.UserWrite),
            "It holds tokens."
        );
        Assert.Single(Directory.GetFiles(Path.GetDirectoryName(Kept)!));

        (await _folder.RunAsync("profiles remove prod")).Ended(0);
        Assert.DoesNotContain("prod", (await _folder.RunAsync("profiles list")).Ended(0).Output, StringComparison.Ordinal);
        (await _folder.RunAsync("profiles remove prod")).Ended(6);
    }

    [Theory]
    [InlineData("http://gateway.example.com:8090", "in the clear")]
    [InlineData("http://10.0.0.1:8090", "in the clear")]
    [InlineData("gateway.example.com:8090", "isn't one")]
    [InlineData("ftp://gateway.example.com", "isn't one")]
    [InlineData("https://ada:hunter2@gateway.example.com", "isn't one")]
    [InlineData("https://gateway.example.com/admin/v1", "isn't one")]
    [InlineData("https://gateway.example.com/?a=b", "isn't one")]
    [InlineData("https://gateway.example.com/#a", "isn't one")]
    public async Task Address_OfAnythingElse_IsRefused_AndNothingIsKept(string address, string problem)
    {
        var refused = (await AddAsync("prod", address)).Ended(6);

        Assert.Contains(problem, refused.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", refused.Output + refused.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Kept));
    }

    [Theory]
    [InlineData("http://127.0.0.1:8090")]
    [InlineData("http://localhost:8090")]
    [InlineData("http://[::1]:8090")]
    public async Task Address_InTheClear_OnThisMachine_IsTaken(string address) => (await AddAsync("here", address)).Ended(0);

    [Theory]
    [InlineData("gws_whatever")]
    [InlineData("gwo_cut-off")]
    [InlineData("")]
    public async Task Token_ThatIsNoOperators_IsRefused_AndNotRepeated(string token)
    {
        var refused = (await AddAsync("prod", Address, token)).Ended(6);

        Assert.True(token.Length == 0 || !(refused.Output + refused.Error).Contains(token, StringComparison.Ordinal), refused.Output);
        Assert.False(File.Exists(Kept));
    }

    [Fact]
    public async Task Token_AsAnArgument_IsRefused_AndNotRepeated()
    {
        var refused = (await _folder.RunAsync(["profiles", "add", "prod", Token, "--address", Address], "")).Ended(6);

        Assert.DoesNotContain(Token, refused.Output + refused.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("local")]
    [InlineData("Prod")]
    [InlineData("a/b")]
    [InlineData("..")]
    public async Task Name_ThatIsNone_OrThisMachines_IsRefused(string name) => (await AddAsync(name, Address)).Ended(6);

    [Fact]
    public async Task Authority_ThatIsNoCertificate_IsRefused_AndAKeyBesideOneIsNotTakenAlong()
    {
        await File.WriteAllTextAsync(_folder.FileOf("empty.pem"), "-----BEGIN NOTHING-----\n-----END NOTHING-----\n");
        (await AddAsync("prod", Address, Token, "--ca", "empty.pem")).Ended(6);
        (await AddAsync("prod", Address, Token, "--ca", "nowhere.pem")).Ended(6);

        TestCertificates.Write(_folder.Root);
        await File.AppendAllTextAsync(_folder.FileOf("ca.pem"), "\n" + await File.ReadAllTextAsync(_folder.FileOf("leaf.key")));
        (await AddAsync("prod", Address, Token, "--ca", "ca.pem")).Ended(0);
        Assert.DoesNotContain("PRIVATE KEY", await File.ReadAllTextAsync(Kept), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Profiles_ThatOthersMayRead_OrThatAreBroken_AreNotUsed()
    {
        (await AddAsync("prod", Address)).Ended(0);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Kept, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
            Assert.Contains("chmod 600", (await _folder.RunAsync("profiles list")).Ended(6).Error, StringComparison.Ordinal);
            Assert.Contains("chmod 600", (await AddAsync("other", Address)).Ended(6).Output, StringComparison.Ordinal);
            File.SetUnixFileMode(Kept, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        (await AddAsync("prod", Address)).Ended(6);
        await File.WriteAllTextAsync(
            Kept,
            $$$"""{"profiles": {"prod": {"address": "{{{Address}}}", "token": "{{{Token}}}", "extra": 1} } }"""
        );
        var broken = (await _folder.RunAsync("profiles list")).Ended(6);
        Assert.DoesNotContain(Token, broken.Output + broken.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GATEWAY_ADMIN_ADDRESS=https://127.0.0.1:1", "only a part")]
    [InlineData("GATEWAY_ADMIN_TOKEN=gwo_x", "only a part")]
    [InlineData("GATEWAY_ADMIN_CA=ca.pem", "only a part")]
    [InlineData("GATEWAY_PROFILE=nowhere", "no profile 'nowhere'")]
    [InlineData("GATEWAY_PROFILE=prod GATEWAY_ADMIN_ADDRESS=https://127.0.0.1:1", "says twice")]
    [InlineData("GATEWAY_ADMIN_ADDRESS=http://10.0.0.1 GATEWAY_ADMIN_TOKEN=gwo_x", "in the clear")]
    public async Task Environment_ThatSaysHalfOrTwoThings_IsRefused(string variables, string problem)
    {
        foreach (var variable in variables.Split(' '))
        {
            _folder.Settings[variable.Split('=')[0]] = variable.Split('=')[1];
        }

        Assert.Contains(problem, (await _folder.RunAsync("approvals list")).Ended(6).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SettingsOfAFolder_SayNothingOfWhereATokenGoes()
    {
        await File.WriteAllTextAsync(
            _folder.FileOf("appsettings.json"),
            $$$"""{"GATEWAY_PROFILE": "prod", "GATEWAY_ADMIN_ADDRESS": "https://evil.example", "GATEWAY_ADMIN_TOKEN": "{{{Token}}}"}"""
        );

        Assert.Contains("--tenant", (await _folder.RunAsync("approvals list")).Ended(6).Error, StringComparison.Ordinal);
    }

    private Task<CommandRun> AddAsync(string name, string address, string? token = null, params string[] more) =>
        _folder.RunAsync(["profiles", "add", name, "--address", address, .. more, "--json"], token ?? Token);
}
