using Gateway.Cli.Settings;

namespace Gateway.Cli.Tests.Settings;

public sealed class SettingArgumentsTests
{
    [Theory]
    [InlineData("vault list --Gateway:Data:Path=/x --tenant demo", "--Gateway:Data:Path=/x", "vault list --tenant demo")]
    [InlineData("--Gateway:Data:Path /x vault list", "--Gateway:Data:Path=/x", "vault list")]
    [InlineData("serve --Logging:LogLevel:Default=Debug", "--Logging:LogLevel:Default=Debug", "serve")]
    [InlineData("serve --urls=http://127.0.0.1:1", "", "serve --urls=http://127.0.0.1:1")]
    [InlineData("call GET http://127.0.0.1:1 --header a:b", "", "call GET http://127.0.0.1:1 --header a:b")]
    [InlineData("serve --Gateway:Data:Path", "--Gateway:Data:Path", "serve")]
    public void Split_TakesOutWhatHasAColonInItsName(string args, string settings, string rest)
    {
        var split = SettingArguments.Split(args.Split(' '));
        Assert.Equal(settings, string.Join(' ', split.Settings));
        Assert.Equal(rest, string.Join(' ', split.Others));
    }

    [Theory]
    [InlineData("--Gateway:Data:Path=/var/lib/my gateway", true)]
    [InlineData("--see: this", false)]
    [InlineData("--see this=that: it", false)]
    public void Split_AnArgumentWithASpace_IsASettingWhereItsNameHasNone(string argument, bool setting)
    {
        var split = SettingArguments.Split(["serve", argument]);
        Assert.Equal(setting ? [argument] : [], split.Settings);
        Assert.Equal(setting ? ["serve"] : ["serve", argument], split.Others);
    }
}
