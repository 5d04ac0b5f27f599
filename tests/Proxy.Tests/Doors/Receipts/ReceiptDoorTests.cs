using System.Net;
using System.Text;
using Gateway.Evidence.Log.Checkpoints;
using Gateway.Evidence.Receipts;
using Gateway.Evidence.Signing;
using Gateway.Proxy.Tests.Running;
using Gateway.Proxy.Tests.StandIn;

namespace Gateway.Proxy.Tests.Doors.Receipts;

/// <summary>Receipts, checkpoints and public keys, asked for as callers do.</summary>
public sealed class ReceiptDoorTests : IAsyncLifetime
{
    private RunningStandIn _provider = null!;
    private RunningGateway _gateway = null!;
    private string _key = "";

    public async Task InitializeAsync()
    {
        _provider = await RunningStandIn.StartAsync();
        _gateway = await RunningGateway.StartAsync(_provider.Address);
        _key = await _gateway.NewBearerAsync("assistant");
    }

    public async Task DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _provider.DisposeAsync();
    }

    [Fact]
    public async Task Receipt_that_an_answer_names_is_given_and_verifies_with_the_published_keys()
    {
        var id = await CallAsync();
        using var answer = await GetAsync($"/v1/receipts/{id}", _key);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("application/json", answer.Content.Headers.ContentType!.ToString());

        var keys = await KeysAsync();
        var verified = Verified(await answer.Content.ReadAsByteArrayAsync(), keys);
        Assert.Equal(id, verified.Id.ToString());
        Assert.Contains("\"type\":\"decision\"", verified.Record, StringComparison.Ordinal);

        using var again = await GetAsync($"/v1/receipts/{id}", _key);
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
    }

    [Fact]
    public async Task Checkpoint_is_the_signed_head_of_the_tenants_log()
    {
        using var receipt = await GetAsync($"/v1/receipts/{await CallAsync()}", _key);
        using var answer = await GetAsync("/v1/checkpoint", _key);

        Assert.Equal("text/plain; charset=utf-8", answer.Content.Headers.ContentType!.ToString());
        Assert.True(SizeOf(await answer.Content.ReadAsByteArrayAsync(), await KeysAsync()) > 0);
    }

    [Fact]
    public async Task Receipts_ask_for_the_same_proof_as_every_door()
    {
        var id = await CallAsync();
        foreach (var path in new[] { $"/v1/receipts/{id}", "/v1/checkpoint", "/v1/receipts/x" })
        {
            using var answer = await GetAsync(path, key: null);
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        }
    }

    [Fact]
    public async Task Receipts_nobody_has_and_another_logs_are_unknown_alike()
    {
        var id = await CallAsync();
        var system = Path.GetFileName(Directory.GetDirectories(Path.Combine(_gateway.JournalPath, "_system")).Single());
        var answers = new List<string>();
        foreach (
            var unknown in new[]
            {
                $"{system}.0",
                $"{new string('0', 32)}.0",
                $"{id[..32]}.999999",
                "nonsense",
                $"{id}/",
                $"..%2F_system%2F{system}.0",
            }
        )
        {
            using var answer = await GetAsync($"/v1/receipts/{unknown}", _key);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
            answers.Add(EveryDoor.WithoutRefusalIds(await answer.Content.ReadAsStringAsync()));
        }

        Assert.Single(answers.Distinct());
        Assert.Contains("unknown_receipt", answers[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_the_public_keys_are_published()
    {
        using var answer = await GetAsync("/.well-known/jwks.json", key: null);
        var text = await answer.Content.ReadAsStringAsync();

        Assert.Equal(
            ["alg", "crv", "kid", "kty", "use", "x"],
            System
                .Text.Json.JsonDocument.Parse(text)
                .RootElement.GetProperty("keys")[0]
                .EnumerateObject()
                .Select(member => member.Name)
                .Order(StringComparer.Ordinal)
        );
    }

    private static VerifiedReceipt Verified(byte[] receipt, IReadOnlyList<Ed25519PublicKey> keys)
    {
        Assert.Null(ReceiptVerifier.Verify(receipt, "receipt.json", keys, out var verified));
        return verified!;
    }

    private static long SizeOf(byte[] checkpoint, IReadOnlyList<Ed25519PublicKey> keys)
    {
        Assert.Null(Checkpoint.Open(checkpoint, null, keys, out var head));
        return head!.Size;
    }

    private async Task<string> CallAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_gateway.Address, "/v1/chat/completions"))
        {
            Content = new StringContent(
                """{"model":"gpt-4o","messages":[{"role":"user","content":"Hello"}]}""",
                Encoding.UTF8,
                "application/json"
            ),
        };
        request.Headers.Add("Authorization", $"Bearer {_key}");
        using var answer = await _gateway.SendAsync(request);
        return answer.Headers.GetValues("Gateway-Receipt").Single();
    }

    private async Task<HttpResponseMessage> GetAsync(string path, string? key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_gateway.Address, path));
        if (key is not null)
        {
            request.Headers.Add("Authorization", $"Bearer {key}");
        }

        return await _gateway.SendAsync(request);
    }

    private async Task<IReadOnlyList<Ed25519PublicKey>> KeysAsync()
    {
        using var answer = await GetAsync("/.well-known/jwks.json", key: null);
        return PublicKeySet.Read(await answer.Content.ReadAsByteArrayAsync())!;
    }
}
