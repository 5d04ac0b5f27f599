using System.Net;
using System.Text.Json;
using Gateway.Cli.Tests.Serving;

namespace Gateway.Cli.Tests.Commands.Audit;

/// <summary>Every id that a client shows of a refusal says why it was.</summary>
public sealed class ExplainCommandTests
{
    [Fact]
    public async Task Refusals_AreExplained_ByTheIdsThatClientsShow()
    {
        await using var instance = await Instance.CreateAsync("standin-openai-key", "standin-anthropic-key", "standin-crm-token");
        var key = await instance.NewCredentialAsync("bearer");
        await instance.StartAsync();
        var unproven = await RefusedAsync(instance, "gwk_nobody", """{"model":"gpt-4o-mini","messages":[]}""", HttpStatusCode.Unauthorized);
        var unread = await RefusedAsync(instance, key, """{"model":"gpt-4o-mini","prompt":{"x":[}""", HttpStatusCode.BadRequest);
        var unknown = await RefusedAsync(instance, key, """{"model":"no-such","messages":[]}""", HttpStatusCode.NotFound);
        var decided = await RefusedAsync(instance, key, "{}", HttpStatusCode.Forbidden, "/tools/crm/exports");
        const string reset = """{"model":"gpt-4o-mini","messages":[{"role":"user","content":"!reset"}]}""";
        var failed = await RefusedAsync(instance, key, reset, HttpStatusCode.BadGateway);
        await instance.StopAsync();

        Assert.Equal("unknown_key", await CodeAsync(instance, unproven));
        Assert.Equal("malformed_request", await CodeAsync(instance, unread));
        Assert.Equal("unknown_model", await CodeAsync(instance, unknown));
        var explained = (await instance.Folder.RunAsync($"explain {decided} --json")).Ended(0).Data();
        Assert.Equal("block", explained.GetProperty("explanations")[0].GetProperty("verdict").GetString());
        var outcome = (await instance.Folder.RunAsync($"explain {failed} --json")).Ended(0).Data().GetProperty("outcome");
        Assert.Equal("upstream_failed", outcome.GetProperty("reason").GetString());
        Assert.Contains("upstream_failed", (await instance.Folder.RunAsync($"explain {failed}")).Ended(0).Output, StringComparison.Ordinal);
        (await instance.Folder.RunAsync($"explain {unproven[..^1]}x --json")).Ended(6);
        (await instance.Folder.RunAsync("explain 00000000000000000000000000000000 --json")).Ended(6);
    }

    private static async Task<string?> CodeAsync(Instance instance, string id) =>
        (await instance.Folder.RunAsync($"explain {id} --json")).Ended(0).Data().GetProperty("code").GetString();

    /// <summary>The id in the message, which is the answer's <c>x-request-id</c> too.</summary>
    private static async Task<string> RefusedAsync(
        Instance instance,
        string key,
        string body,
        HttpStatusCode status,
        string path = "/v1/chat/completions"
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(instance.Address, path))
        {
            Content = new StringContent(body, new System.Net.Http.Headers.MediaTypeHeaderValue("application/json")),
        };
        request.Headers.Add("Authorization", $"Bearer {key}");
        using var answer = await instance.Client.SendAsync(request, CancellationToken.None);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == status, text);
        var refusal = JsonDocument.Parse(text).RootElement;
        var message = refusal.TryGetProperty("detail", out var detail)
            ? detail.GetString()!
            : refusal.GetProperty("error").GetProperty("message").GetString()!;
        var id = Assert.Single(answer.Headers.GetValues("x-request-id"));
        Assert.EndsWith($", {id})", message, StringComparison.Ordinal);
        return id;
    }
}
