using System.Net;
using Gateway.Proxy.Tests.StandIn;

namespace Gateway.Proxy.Tests.Running;

public sealed class ModelDoorTests
{
    private const string Chat = """{"model":"gpt-4o-mini","messages":[{"role":"user","content":"hello"}]}""";

    [Fact]
    public async Task A_bearer_model_call_reaches_the_provider_with_the_vaults_key_and_without_the_agents()
    {
        await using var provider = await RunningStandIn.StartAsync();
        await using var gateway = await RunningGateway.StartAsync(provider.Address);
        var key = await gateway.NewBearerAsync("assistant");

        using var request = gateway.Request(HttpMethod.Post, "/v1/chat/completions", Chat);
        request.Headers.Add("Authorization", $"Bearer {key}");
        using var response = await gateway.SendAsync(request);

        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.OK, text);
        Assert.Contains("Stand-in answer to", text, StringComparison.Ordinal);
    }
}
