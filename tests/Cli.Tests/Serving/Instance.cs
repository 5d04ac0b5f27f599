using System.Diagnostics;
using System.Text;
using Gateway.Samples.Provider;
using Gateway.Testing;
using Microsoft.AspNetCore.Builder;

namespace Gateway.Cli.Tests.Serving;

/// <summary>
/// The built command as an operator runs it: set up, served as a process, killed and started again, in front of a real stand-in provider.
/// </summary>
internal sealed class Instance : IAsyncDisposable
{
    private readonly WebApplication _provider;
    private readonly StringBuilder _log = new();
    private Process? _server;

    private Instance(WebApplication provider) => _provider = provider;

    public CommandFolder Folder { get; } = new();

    public Uri Address { get; } = new($"http://127.0.0.1:{FreePort.Next()}");

    public HttpMessageInvoker Client { get; } = new(new SocketsHttpHandler { UseProxy = false });

    public string Provider => _provider.Urls.Single();

    /// <summary>Everything that the server has written so far, both streams.</summary>
    public string Log
    {
        get
        {
            lock (_log)
            {
                return _log.ToString();
            }
        }
    }

    public static async Task<Instance> CreateAsync(string openAiKey, string anthropicKey, string crmToken)
    {
        var provider = StandIn.Build([
            "--urls=http://127.0.0.1:0",
            $"--StandIn:OpenAiKey={openAiKey}",
            $"--StandIn:AnthropicKey={anthropicKey}",
            $"--StandIn:CrmToken={crmToken}",
        ]);
        await provider.StartAsync();
        var instance = new Instance(provider);
        foreach (var file in Directory.EnumerateFiles(instance.Folder.Governance))
        {
            var text = await File.ReadAllTextAsync(file);
            await File.WriteAllTextAsync(file, text.Replace("http://127.0.0.1:8081", instance.Provider, StringComparison.Ordinal));
        }

        instance.Folder.Settings["Gateway__Identity__AllowedClockSkew"] = "00:00:00"; // So that signatures count soon after a start.
        (await instance.Folder.RunAsync("vault put --tenant demo --path openai --field key", openAiKey)).Ended(0);
        (await instance.Folder.RunAsync("vault put --tenant demo --path anthropic --field key", anthropicKey)).Ended(0);
        (await instance.Folder.RunAsync("vault put --tenant demo --path crm --field token", crmToken)).Ended(0);
        return instance;
    }

    public async Task<string> NewCredentialAsync(string kind) =>
        (await Folder.RunAsync($"agents credentials create --tenant demo --agent assistant --kind {kind} --json"))
            .Ended(0)
            .Data()
            .GetProperty("secret")
            .GetString()!;

    public async Task StartAsync()
    {
        _server = Folder.Start("serve", "--Gateway:Administration:Urls=", "--urls", Address.ToString().TrimEnd('/'));
        _server.OutputDataReceived += Note;
        _server.ErrorDataReceived += Note;
        _server.BeginOutputReadLine();
        _server.BeginErrorReadLine();
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!await IsReadyAsync(deadline.Token))
        {
            Assert.False(_server.HasExited, Log);
            await Task.Delay(20, deadline.Token);
        }
    }

    /// <summary>SIGKILL: no handler runs, nothing is flushed.</summary>
    public async Task KillAsync()
    {
        _server!.Kill();
        await _server.WaitForExitAsync();
    }

    /// <summary>SIGTERM, and no waiting for what it does.</summary>
    public async Task TerminateAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", _server!.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    public async Task StopAsync()
    {
        await TerminateAsync();
        await _server!.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(0, _server.ExitCode);
    }

    public async Task<HttpResponseMessage> ChatAsync(string bearer, string text, bool stream = false)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Address, "/v1/chat/completions"))
        {
            Content = new StringContent(
                $$"""{"model":"gpt-4o-mini","stream":{{(stream ? "true" : "false")}},"messages":[{"role":"user","content":"{{text}}"}]}""",
                Encoding.UTF8,
                "application/json"
            ),
        };
        request.Headers.Add("Authorization", $"Bearer {bearer}");
        return await Client.SendAsync(request, CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is { HasExited: false })
        {
            _server.Kill();
            await _server.WaitForExitAsync();
        }

        _server?.Dispose();
        Client.Dispose();
        await _provider.DisposeAsync();
        Folder.Dispose();
    }

    private void Note(object sender, DataReceivedEventArgs line)
    {
        lock (_log)
        {
            _log.AppendLine(line.Data);
        }
    }

    private async Task<bool> IsReadyAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await Client.SendAsync(
                new HttpRequestMessage(HttpMethod.Get, new Uri(Address, "/readyz")),
                cancellationToken
            );
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false; // Not open yet.
        }
    }
}
