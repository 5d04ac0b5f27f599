using System.Text;
using Gateway.Connectors.Keys;
using Gateway.Policy.Model;
using Gateway.Proxy.Identity.Signing;
using Gateway.Proxy.Tests.Running;
using Gateway.Proxy.Tests.StandIn;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Gateway.Proxy.Tests.Attacks;

/// <summary>Known secrets, followed through all that can happen: each may be in one place, and is looked for in every other.</summary>
public sealed class CanaryTests(CanaryTests.TalkativeGateway attacked) : IClassFixture<CanaryTests.TalkativeGateway>
{
    private static readonly string[] VaultSecrets = [RunningStandIn.CrmToken, RunningStandIn.OpenAiKey, RunningStandIn.AnthropicKey];

    [Theory]
    [InlineData("/tools/odd/leak")]
    [InlineData("/tools/odd/leak?standin=!chunk=1")]
    [InlineData("/tools/odd/leak?standin=!chunk=5")]
    public async Task An_answer_that_tells_the_injected_credential_is_withheld(string path)
    {
        var answer = await attacked.SendAsync(await attacked.SignedAsync("GET", path));

        Assert.True(answer.Status is 502 or 200, answer.Body); // What stood before it may have gone out; then the answer is cut.
        AssertHasNo(VaultSecrets, answer.Body, "the answer");
        Assert.DoesNotContain(RunningStandIn.CrmToken[..4], answer.Body, StringComparison.Ordinal);
        var outcome = JournalReading.Records(attacked.Gateway.JournalPath, "demo")[^1].GetProperty("body");
        Assert.Equal("credential_in_answer", outcome.GetProperty("reason").GetString());
        attacked.AssertJournalIsGood();
    }

    [Theory]
    [InlineData("/v1/chat/completions", """{"model":"gpt-4o-mini","messages":[{"role":"user","content":"!leak"}]}""", Door.OpenAi)]
    [InlineData(
        "/v1/chat/completions",
        """{"model":"gpt-4o-mini","stream":true,"messages":[{"role":"user","content":"!leak !chunk 3"}]}""",
        Door.OpenAi
    )]
    [InlineData(
        "/v1/messages",
        """{"model":"claude-sonnet-4-5","max_tokens":64,"messages":[{"role":"user","content":"!leak"}]}""",
        Door.Anthropic
    )]
    public async Task A_model_that_tells_the_injected_credential_is_withheld(string path, string body, Door door)
    {
        var answer = await attacked.SendAsync(await attacked.SignedAsync("POST", path, body, headers: "anthropic-version: 2023-06-01"));

        Assert.Contains("credential_in_answer", answer.Body, StringComparison.Ordinal);
        AssertHasNo(VaultSecrets, answer.Body, $"the answer at {door}");
        var outcome = JournalReading.Records(attacked.Gateway.JournalPath, "demo")[^1].GetProperty("body");
        Assert.Equal("credential_in_answer", outcome.GetProperty("reason").GetString());
    }

    [Fact]
    public async Task A_secret_is_nowhere_but_in_its_one_header_whatever_happens()
    {
        using var logs = new CapturedLogs();
        attacked.Gateway.Services.GetRequiredService<ILoggerFactory>().AddProvider(logs);
        await attacked.Provider.Client.DeleteAsync("/_seen");
        var (issued, derived) = await attacked.Gateway.NewRuntimeKeyAsync("assistant", RunningGateway.Demo);
        var signer = new RequestSigner(
            new HmacSigningKey(issued.KeyId, derived),
            new SigningIdentity(RunningGateway.Demo, RunningGateway.Main, Id<Agent>.Parse("assistant")),
            TimeProvider.System
        );
        Assert.True(AgentKeyText.TryParse(attacked.Key, out var bearer) && AgentKeyText.TryParse(issued.ShownOnce!.Reveal(), out _));
        string[] agentSecrets =
        [
            attacked.Key,
            bearer.Secret.ToString(),
            issued.ShownOnce!.Reveal(),
            Convert.ToBase64String(derived),
            Convert.ToHexStringLower(derived),
        ];

        var answers = await MixAsync(signer);

        string[] all = [.. VaultSecrets, .. agentSecrets];
        Assert.Contains("200", answers, StringComparison.Ordinal);
        AssertHasNo(all, answers, "answers");
        AssertHasNo(all, logs.Text, "logs");
        Assert.NotEmpty(logs.Text);
        foreach (var (path, bytes) in await WholeFolder.ReadAsync(attacked.Gateway.DataPath))
        {
            AssertHasNo(all, Encoding.Latin1.GetString(bytes), path);
        }

        await AssertSeenOnlyInPlaceAsync(agentSecrets);
        attacked.AssertJournalIsGood();
    }

    /// <summary>Successes, refusals of every stage, and failures of every kind behind.</summary>
    private async Task<string> MixAsync(RequestSigner signer)
    {
        var answers = new StringBuilder();
        foreach (
            var path in new[]
            {
                "/tools/crm/contacts",
                "/tools/crm/contacts/c-9",
                "/tools/odd/leak",
                "/tools/odd/redirect",
                "/tools/odd/headers",
                "/tools/odd/gzip",
                "/tools/gone/contacts",
                "/tools/rebound/contacts",
                "/tools/crm/contacts?standin=!error=500",
                "/tools/crm/contacts?standin=!reset",
                "/tools/crm/contacts?standin=!half",
                "/tools/crm/contacts?standin=!garbage",
                "/tools/crm/contacts?standin=!html",
                "/tools/crm/contacts?standin=!leak",
                "/tools/nowhere/x",
                "/tools/crm/../x",
            }
        )
        {
            answers.Append((await attacked.SendAsync(await RawRequest.SignedAsync(attacked.Authority, signer, "GET", path))).Text);
            answers.Append((await attacked.SendAsync(attacked.WithKey("GET", path))).Text);
            answers.Append((await attacked.SendAsync(attacked.WithKey("GET", path).Set("Authorization", $"Basic {attacked.Key}"))).Text);
            answers.Append((await attacked.SendAsync(attacked.WithKey("GET", path).And($"x-api-key: {attacked.Key}"))).Text);
        }

        foreach (var say in new[] { "hello", "!leak", "!error 500", "!error 401", "!reset", "!half", "!fail", "!garbage", "!html" })
        {
            foreach (var stream in new[] { "", "\"stream\":true," })
            {
                var json = "{" + stream + "\"model\":\"gpt-4o-mini\",\"messages\":[{\"role\":\"user\",\"content\":\"" + say + "\"}]}";
                answers.Append((await attacked.SendAsync(attacked.WithKey("POST", "/v1/chat/completions", json))).Text);
                json =
                    "{"
                    + stream
                    + "\"max_tokens\":64,\"model\":\"claude-sonnet-4-5\",\"messages\":[{\"role\":\"user\",\"content\":\""
                    + say
                    + "\"}]}";
                answers.Append(
                    (
                        await attacked.SendAsync(
                            await RawRequest.SignedAsync(
                                attacked.Authority,
                                signer,
                                "POST",
                                "/v1/messages",
                                json,
                                null,
                                "anthropic-version: 2023-06-01"
                            )
                        )
                    ).Text
                );
            }
        }

        // The agent's own key in places where it has no business, and broken on the wire.
        answers.Append((await attacked.SendAsync(attacked.WithKey("POST", AttackedGateway.Notes, "{\"text\":"))).Text);
        answers.Append((await attacked.SendAsync(attacked.WithKey("GET", AttackedGateway.Contacts).And($"X-Bad\0: {attacked.Key}"))).Text);
        answers.Append(
            (
                await attacked.SendAsync(
                    attacked.WithKey("GET", AttackedGateway.Contacts).And($"Gateway-Session: {attacked.Key} {attacked.Key}")
                )
            ).Text
        );
        await attacked.CountedAsync(ReasonCode.MalformedRequest);
        return answers.ToString();
    }

    /// <summary>What the systems behind saw: the vault's secret in the one header that it belongs in, nothing of the agent's.</summary>
    private async Task AssertSeenOnlyInPlaceAsync(string[] agentSecrets)
    {
        var seen = await attacked.Provider.SeenAsync();
        Assert.True(seen.Count > 20);
        foreach (var request in seen)
        {
            AssertHasNo(agentSecrets, request.GetRawText(), "a request behind");
            var holding = request
                .GetProperty("headers")
                .EnumerateObject()
                .Where(h => VaultSecrets.Any(s => h.Value.GetRawText().Contains(s, StringComparison.Ordinal)))
                .ToArray();
            Assert.Equal(
                request.GetProperty("target").GetString()![..5] switch
                {
                    "/v1/c" => "authorization",
                    "/anth" => "x-api-key",
                    _ => "x-crm-token",
                },
                Assert.Single(holding).Name
            );
            AssertHasNo(
                VaultSecrets,
                request.GetProperty("target").GetString() + request.GetProperty("body").GetString(),
                "a request behind"
            );
        }
    }

    private static void AssertHasNo(IEnumerable<string> secrets, string text, string where)
    {
        foreach (var secret in secrets)
        {
            string[] forms =
            [
                secret,
                Convert.ToBase64String(Encoding.UTF8.GetBytes(secret)),
                Convert.ToHexStringLower(Encoding.UTF8.GetBytes(secret)),
                Encoding.Latin1.GetString(Encoding.Unicode.GetBytes(secret)),
            ];
            Assert.False(forms.Any(form => text.Contains(form, StringComparison.OrdinalIgnoreCase)), $"A secret is in {where}.");
        }
    }

    /// <summary>Logs everything that can be logged.</summary>
    public sealed class TalkativeGateway()
        : AttackedGateway(
            "--Logging:LogLevel:Default=Trace",
            "--Logging:LogLevel:Microsoft.AspNetCore=Trace",
            "--Logging:LogLevel:Yarp=Trace",
            "--Logging:Console:LogLevel:Default=None"
        );
}
