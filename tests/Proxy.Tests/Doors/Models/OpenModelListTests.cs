using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Gateway.Proxy.Tests.Running;
using Gateway.Proxy.Tests.StandIn;

namespace Gateway.Proxy.Tests.Doors.Models;

/// <summary>Where a document offers whatever fits, the provider says what there is.</summary>
public sealed class OpenModelListTests : IAsyncLifetime
{
    private RunningStandIn _provider = null!;
    private RunningGateway _gateway = null!;

    public async Task InitializeAsync()
    {
        _provider = await RunningStandIn.StartAsync();
        _gateway = await RunningGateway.StartAsync(
            _provider.Address,
            data: null,
            string.Join(
                "\n---\n",
                DoorDocuments.Model("standin").Replace(", names: [standin-1]", "", StringComparison.Ordinal),
                DoorDocuments.Model("named"),
                DoorDocuments.Agent("ada"),
                DoorDocuments.Permission("ada", "standin"),
                DoorDocuments.Permission("ada", "named"),
                DoorDocuments.Agent("bob"),
                DoorDocuments.Permission("bob", "standin", operations: "[chat]"),
                DoorDocuments.Permission("bob", "named")
            )
        );
    }

    public async Task DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _provider.DisposeAsync();
    }

    [Fact]
    public async Task What_the_provider_lists_is_cut_to_the_match_and_stands_beside_the_names()
    {
        using var response = await SendAsync("ada");
        var list = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(["named-1", "standin-large"], list.GetProperty("data").EnumerateArray().Select(m => m.GetProperty("id").GetString()));
        Assert.True(response.Headers.Contains("Gateway-Decision-Id"), "The provider is asked by an action like any other.");
    }

    [Fact]
    public async Task Agent_that_may_not_ask_the_provider_sees_the_names_alone()
    {
        var before = await _provider.CountAsync();
        using var response = await SendAsync("bob");
        var list = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;

        Assert.Equal(["named-1"], list.GetProperty("data").EnumerateArray().Select(m => m.GetProperty("id").GetString()));
        Assert.Equal(before, await _provider.CountAsync());
    }

    private async Task<HttpResponseMessage> SendAsync(string agent)
    {
        using var request = _gateway.Request(HttpMethod.Get, "/v1/models?limit=1");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await _gateway.NewBearerAsync(agent));
        return await _gateway.SendAsync(request);
    }
}
