using System.Net;
using System.Text.Json;
using Gateway.Proxy.Tests.Doors;
using Gateway.Proxy.Tests.Running;
using Gateway.Proxy.Tests.StandIn;

namespace Gateway.Proxy.Tests.Decisions;

/// <summary>Shadow documents on real requests: they are recorded, and nothing else.</summary>
public sealed class ShadowOnThePathTests : IAsyncLifetime
{
    private const string Shadow = """
        apiVersion: gateway/v1
        kind: Policy
        metadata: {tenant: demo, name: trial, shadow: true}
        spec:
          rules:
            - {name: no-tea, effect: block, match: {tool_names: [crm/create-note]}, when: args.text.contains('tea')}
        """;

    private RunningStandIn _provider = null!;
    private RunningGateway _gateway = null!;

    public async Task InitializeAsync()
    {
        _provider = await RunningStandIn.StartAsync();
        _gateway = await RunningGateway.StartAsync(_provider.Address, data: null, Shadow);
    }

    public async Task DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _provider.DisposeAsync();
    }

    [Fact]
    public async Task AnActionThatTheShadowWouldBlock_GoesOn_AndTheRecordSaysSo()
    {
        var shadow = await NoteAsync("""{"text":"she likes tea"}""");

        Assert.Equal(
            "True block policy_rule",
            $"{shadow.GetProperty("changed")} {shadow.GetProperty("verdict")} {shadow.GetProperty("reasons")[0]}"
        );
    }

    [Fact]
    public async Task AnActionThatTheShadowAgreesOn_IsRecordedAsUnchanged()
    {
        var shadow = await NoteAsync("""{"text":"she likes milk"}""");

        Assert.Equal("False allow", $"{shadow.GetProperty("changed")} {shadow.GetProperty("verdict")}");
    }

    [Fact]
    public async Task WithoutShadowDocuments_TheRecordHasNothingOfThem()
    {
        await using var gateway = await RunningGateway.StartAsync(_provider.Address);
        var signer = await gateway.NewSignerAsync("assistant");
        using var response = await gateway.SendSignedAsync(signer, () => gateway.Request(HttpMethod.Get, "/tools/crm/contacts/c-1"));

        Assert.False(Recorded.Find(gateway.JournalPath, response).Decision!.Value.TryGetProperty("shadow", out _));
    }

    private async Task<JsonElement> NoteAsync(string body)
    {
        var signer = await _gateway.NewSignerAsync("assistant");
        using var response = await _gateway.SendSignedAsync(
            signer,
            () => _gateway.Request(HttpMethod.Post, "/tools/crm/contacts/c-1/notes", body)
        );

        Assert.NotEqual(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Equal("allow", Assert.Single(response.Headers.GetValues("Gateway-Decision")));
        return Recorded.Find(_gateway.JournalPath, response).Decision!.Value.GetProperty("shadow");
    }
}
