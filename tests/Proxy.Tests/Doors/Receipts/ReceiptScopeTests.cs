using System.Net;
using Gateway.Proxy.Tests.Running;
using Gateway.Proxy.Tests.StandIn;

namespace Gateway.Proxy.Tests.Doors.Receipts;

/// <summary>An agent has receipts of what it did itself; only one whose document says so has its tenant's.</summary>
public sealed class ReceiptScopeTests : IAsyncLifetime
{
    private RunningStandIn _provider = null!;
    private RunningGateway _gateway = null!;
    private string _own = "";

    public async Task InitializeAsync()
    {
        _provider = await RunningStandIn.StartAsync();
        _gateway = await RunningGateway.StartAsync(
            _provider.Address,
            data: null,
            string.Join("\n---\n", DoorDocuments.Agent("curious"), DoorDocuments.Agent("auditor", "  tenantReceipts: true"))
        );
        _own = await _gateway.NewBearerAsync("assistant");
    }

    public async Task DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _provider.DisposeAsync();
    }

    [Fact]
    public async Task Receipt_of_another_agents_record_is_as_unknown_as_one_that_nobody_has()
    {
        var curious = await _gateway.NewBearerAsync("curious");
        var (decision, refusal) = (await CallAsync(_own), await CallAsync(_own, "{"));
        var log = decision[..32];

        var (_, nobodys) = await GetAsync($"{new string('0', 32)}.0", curious);
        foreach (var id in new[] { decision, refusal, $"{log}.0", $"{log}.1" })
        {
            Assert.Equal((HttpStatusCode.NotFound, nobodys), await GetAsync(id, curious));
        }
    }

    [Fact]
    public async Task Receipts_of_an_agents_own_decisions_and_refusals_are_given()
    {
        foreach (var id in new[] { await CallAsync(_own), await CallAsync(_own, "{") })
        {
            var (status, receipt) = await GetAsync(id, _own);
            Assert.True(status == HttpStatusCode.OK, receipt);
            Assert.Contains("assistant", receipt, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Records_that_name_no_agent_are_the_tenants()
    {
        var decision = await CallAsync(_own);
        var outcome = $"{decision[..33]}{int.Parse(decision[33..], System.Globalization.CultureInfo.InvariantCulture) + 1}";

        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync(outcome, _own)).Status);
    }

    [Fact]
    public async Task Agent_whose_document_says_so_has_all_of_its_tenants()
    {
        var auditor = await _gateway.NewBearerAsync("auditor");
        var decision = await CallAsync(_own);
        var log = decision[..32];

        foreach (var id in new[] { decision, $"{log}.0", $"{log}.1" })
        {
            Assert.Equal(HttpStatusCode.OK, (await GetAsync(id, auditor)).Status);
        }
    }

    private async Task<string> CallAsync(string key, string body = """{"model":"gpt-4o","messages":[{"role":"user","content":"Hello"}]}""")
    {
        using var request = _gateway.Request(HttpMethod.Post, "/v1/chat/completions", body);
        request.Headers.Add("Authorization", $"Bearer {key}");
        using var answer = await _gateway.SendAsync(request);
        return Assert.Single(answer.Headers.GetValues("Gateway-Receipt"));
    }

    private async Task<(HttpStatusCode Status, string Body)> GetAsync(string id, string key)
    {
        using var request = _gateway.Request(HttpMethod.Get, $"/v1/receipts/{id}");
        request.Headers.Add("Authorization", $"Bearer {key}");
        using var answer = await _gateway.SendAsync(request);
        return (answer.StatusCode, EveryDoor.WithoutRefusalIds(await answer.Content.ReadAsStringAsync()));
    }
}
