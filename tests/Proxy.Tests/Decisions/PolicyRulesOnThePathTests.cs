using System.Net;
using Gateway.Proxy.Tests.Doors;
using Gateway.Proxy.Tests.Running;
using Gateway.Proxy.Tests.StandIn;

namespace Gateway.Proxy.Tests.Decisions;

/// <summary>Rules of a Policy document on real requests: they tighten, and the record says which.</summary>
public sealed class PolicyRulesOnThePathTests : IAsyncLifetime
{
    private const string Rules = """
        apiVersion: gateway/v1
        kind: Policy
        metadata: {tenant: demo, name: short-answers}
        spec:
          rules:
            - name: short-answers
              effect: degrade
              match: {connectors: [openai]}
              when: intent.model.startsWith('gpt') && args.messages.size() == 1
              obligations: {max_tokens: 9}
        """;

    private RunningStandIn _provider = null!;
    private RunningGateway _gateway = null!;

    public async Task InitializeAsync()
    {
        _provider = await RunningStandIn.StartAsync();
        _gateway = await RunningGateway.StartAsync(_provider.Address, data: null, Rules);
    }

    public async Task DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _provider.DisposeAsync();
    }

    [Fact]
    public async Task Rule_that_blocks_by_an_argument_blocks_and_names_itself_in_the_record()
    {
        using var response = await NoteAsync("""{"text":"her password is hunter2"}""");

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Contains("\"policy_rule\"", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(0, await _provider.CountAsync());
        var entry = Recorded.Find(_gateway.JournalPath, response).Decision!.Value.GetProperty("rules")[0];
        Assert.Equal(
            "house-rules block no-secrets-in-notes secret_in_text",
            $"{entry.GetProperty("policy")} {entry.GetProperty("verdict")} {entry.GetProperty("rules")[0]} "
                + $"{entry.GetProperty("reason_codes")[0]}"
        );
    }

    [Fact]
    public async Task Rule_whose_condition_does_not_hold_changes_nothing()
    {
        using var response = await NoteAsync("""{"text":"she likes tea"}""");

        Assert.Equal("allow", Assert.Single(response.Headers.GetValues("Gateway-Decision")));
        Assert.Equal(1, await _provider.CountAsync());
    }

    [Fact]
    public async Task Condition_that_cannot_be_evaluated_restricts()
    {
        using var response = await NoteAsync("""{"text":["her password"]}""");

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Equal(0, await _provider.CountAsync());
    }

    [Fact]
    public async Task Rule_that_reduces_a_model_call_reduces_what_is_sent()
    {
        using var request = _gateway.Request(
            HttpMethod.Post,
            "/v1/chat/completions",
            """{"model":"gpt-4o-mini","max_tokens":50,"messages":[{"role":"user","content":"x"}]}"""
        );
        request.Headers.Add("x-api-key", await _gateway.NewBearerAsync("assistant"));
        using var response = await _gateway.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("degrade", Assert.Single(response.Headers.GetValues("Gateway-Decision")));
        var record = Recorded.Find(_gateway.JournalPath, response).Decision!.Value;
        Assert.Equal(9, record.GetProperty("obligations").GetProperty("max_tokens").GetInt32());
        Assert.Equal("short-answers", record.GetProperty("rules")[0].GetProperty("rules")[0].GetString());
    }

    private async Task<HttpResponseMessage> NoteAsync(string body)
    {
        var signer = await _gateway.NewSignerAsync("assistant");
        return await _gateway.SendSignedAsync(signer, () => _gateway.Request(HttpMethod.Post, "/tools/crm/contacts/c-1/notes", body));
    }
}
