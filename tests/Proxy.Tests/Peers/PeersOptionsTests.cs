using Gateway.Proxy.Configuration;
using Gateway.Proxy.Peers;
using Microsoft.Extensions.Configuration;

namespace Gateway.Proxy.Tests.Peers;

public sealed class PeersOptionsTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("http://0.0.0.0:9091", "http://gateway-0.gateway-peers:9091")]
    [InlineData("http://127.0.0.1:9091", "http://10.0.0.7:9091")]
    public void Settings_by_which_peers_find_each_other_are_taken(string url, string address) => Assert.Empty(Errors(url, address));

    [Theory]
    [InlineData("http://127.0.0.1:9091", "", "no peer finds this one")]
    [InlineData("", "http://gateway-0:9091", "Set both, or neither")]
    [InlineData("https://127.0.0.1:9091", "http://gateway-0:9091", "can't be listened at")]
    [InlineData("http://127.0.0.1:9091", "gateway-0:9091", "isn't one")]
    [InlineData("http://127.0.0.1:9091", "https://gateway-0:9091", "isn't one")]
    [InlineData("http://127.0.0.1:9091", "http://gateway-0:9091/", "isn't one")]
    [InlineData("http://127.0.0.1:9091", "http://me@gateway-0:9091", "isn't one")]
    public void Settings_by_which_they_would_not_stop_the_start(string url, string address, string why) =>
        Assert.Contains(why, Assert.Single(Errors(url, address)), StringComparison.Ordinal);

    private static IReadOnlyList<string> Errors(string url, string address)
    {
        var settings = new Settings(new ConfigurationBuilder().Build());
        new PeersOptions { Url = url, Address = address }.Check(settings);
        try
        {
            settings.Check();
            return [];
        }
        catch (ConfigurationException e)
        {
            return e.Errors;
        }
    }
}
