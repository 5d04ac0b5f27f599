using System.Diagnostics;
using System.Net;
using Gateway.Samples.Provider;
using Gateway.Testing;
using Microsoft.AspNetCore.Builder;

namespace Gateway.Cli.Tests.Commands.Running;

/// <summary>From an empty folder to the first answer.</summary>
public sealed class InitCommandTests : IAsyncLifetime
{
    private readonly CommandFolder _folder = CommandFolder.Empty();
    private readonly WebApplication _provider = StandIn.Build(["--urls=http://127.0.0.1:0"]);

    public async Task InitializeAsync()
    {
        _folder.Settings["DOTNET_ENVIRONMENT"] = "Development";
        await _provider.StartAsync();
    }

    public async Task DisposeAsync()
    {
        _folder.Dispose();
        await _provider.DisposeAsync();
    }

    [Theory]
    [InlineData("openai", "/v1", "standin-openai-key", "gpt-4o-mini", "OPENAI")]
    [InlineData("anthropic", "/anthropic/v1", "standin-anthropic-key", "claude-haiku-4-5", "ANTHROPIC")]
    public async Task Init_AndServe_LeadToTheFirstAnswer(string type, string path, string providersKey, string model, string variables)
    {
        var url = $"http://127.0.0.1:{FreePort.Next()}";
        var address = _provider.Urls.Single() + path;

        var made = (await _folder.RunAsync($"init --provider {type} --base-url {address} --url {url} --owner Ada --json", providersKey))
            .Ended(0)
            .Data();
        using var server = _folder.Start("serve", "--Gateway:Administration:Urls=", "--urls", url);
        server.BeginErrorReadLine();
        server.BeginOutputReadLine();
        using var client = new HttpMessageInvoker(new SocketsHttpHandler { UseProxy = false });
        await UntilReadyAsync(client, url, server);

        var environment = made.GetProperty("environment");
        using var request = new HttpRequestMessage(
            HttpMethod.Post,
            environment.GetProperty($"{variables}_BASE_URL").GetString() + (type == "openai" ? "/chat/completions" : "/v1/messages")
        )
        {
            Content = new StringContent(
                $$"""{"model":"{{model}}","max_tokens":64,"messages":[{"role":"user","content":"Hello"}]}""",
                new System.Net.Http.Headers.MediaTypeHeaderValue("application/json")
            ),
        };
        request.Headers.Add("x-api-key", environment.GetProperty($"{variables}_API_KEY").GetString());
        request.Headers.Add("anthropic-version", "2023-06-01");
        using var answer = await client.SendAsync(request, CancellationToken.None);

        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.OK, text);
        Assert.Contains("Stand-in answer", text, StringComparison.Ordinal);
        var written = await File.ReadAllLinesAsync(Path.Combine(_folder.Governance, "gateway.yaml"));
        Assert.InRange(written.Length, 1, 12);
        server.Kill();
        await server.WaitForExitAsync();
    }

    [Fact]
    public async Task Init_ForPeople_SaysWhatEachClientIsTold_AndTheDocumentsAreValid()
    {
        var run = (await _folder.RunAsync("init --provider openai --owner Ada --model my-model", "sk-1\n")).Ended(0);

        Assert.Contains("export OPENAI_BASE_URL=http://127.0.0.1:8080/v1", run.Output, StringComparison.Ordinal);
        Assert.Contains("wire_api = \"responses\"", run.Output, StringComparison.Ordinal);
        Assert.Contains("gateway serve", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("sk-1", run.Output, StringComparison.Ordinal);
        (await _folder.RunAsync("policy validate governance")).Ended(0);
    }

    [Fact]
    public async Task Init_WhereSomethingGovernsAlready_OverwritesNothing()
    {
        Directory.CreateDirectory(_folder.Governance);
        await File.WriteAllTextAsync(Path.Combine(_folder.Governance, "mine.yaml"), "# mine\n");

        var run = (await _folder.RunAsync("init --provider openai", "key")).Ended(6);

        Assert.Contains("nothing of it is overwritten", run.Error, StringComparison.Ordinal);
        Assert.Single(Directory.GetFiles(_folder.Governance));
        Assert.False(Directory.Exists(Path.Combine(_folder.Data, "vault")));
    }

    [Theory]
    [InlineData("init", "key", "--provider")]
    [InlineData("init --provider openai", "", "holds no value")]
    [InlineData("init --provider openai --base-url nonsense", "key", "baseAddress")]
    [InlineData("init --provider openai --model ?", "key", "match")]
    public async Task Init_WithWhatIsMissingOrWrong_SaysSo_AndWritesNothing(string command, string input, string told)
    {
        var run = (await _folder.RunAsync(command, input)).Ended(6);

        Assert.Contains(told, run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.Governance));
    }

    private static async Task UntilReadyAsync(HttpMessageInvoker client, string url, Process server)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!await IsReadyAsync(client, url, deadline.Token))
        {
            Assert.False(server.HasExited);
            await Task.Delay(20, deadline.Token);
        }
    }

    private static async Task<bool> IsReadyAsync(HttpMessageInvoker client, string url, CancellationToken cancellationToken)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(url + "/readyz"));
            using var answer = await client.SendAsync(request, cancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
