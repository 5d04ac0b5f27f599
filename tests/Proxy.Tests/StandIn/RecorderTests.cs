using System.Text;

namespace Gateway.Proxy.Tests.StandIn;

public sealed class RecorderTests
{
    [Fact]
    public async Task Request_ThatIsRefused_IsSeenAsItCame()
    {
        await using var standIn = await RunningStandIn.StartAsync();
        var request = new HttpRequestMessage(HttpMethod.Put, "/crm/a%2Fb?x=%20&x=2") { Content = new StringContent("Grüße") };
        request.Headers.Add("x-crm-token", "wrong");
        await standIn.Client.SendAsync(request);
        var seen = Assert.Single(await standIn.SeenAsync());

        Assert.Equal("PUT", seen.GetProperty("method").GetString());
        Assert.Equal("/crm/a%2Fb?x=%20&x=2", seen.GetProperty("target").GetString());
        Assert.Equal("wrong", seen.GetProperty("headers").GetProperty("x-crm-token")[0].GetString());
        Assert.Equal("Grüße", seen.GetProperty("body").GetString());
        Assert.Equal(Convert.ToBase64String(Encoding.UTF8.GetBytes("Grüße")), seen.GetProperty("bodyBase64").GetString());
    }

    [Fact]
    public async Task Requests_OverTheCapacity_AreCountedAndTheOldestForgotten()
    {
        await using var standIn = await RunningStandIn.StartAsync("--StandIn:Seen=2");
        foreach (var path in new[] { "/one", "/two", "/three" })
        {
            await standIn.Client.GetAsync(path);
        }

        Assert.Equal(["/two", "/three"], (await standIn.SeenAsync()).Select(seen => seen.GetProperty("target").GetString()));
        Assert.Equal(3, await standIn.CountAsync());
    }

    [Fact]
    public async Task Clearing_ForgetsRequestsAndCount()
    {
        await using var standIn = await RunningStandIn.StartAsync();
        await standIn.Client.GetAsync("/one");
        await standIn.Client.DeleteAsync("/_seen");

        Assert.Empty(await standIn.SeenAsync());
        Assert.Equal(0, await standIn.CountAsync());
    }
}
