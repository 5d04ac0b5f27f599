using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Gateway.Proxy.Tests.Faults;
using Gateway.Testing;

namespace Gateway.Platform.Tests.Dashboards;

/// <summary>A real Prometheus that scrapes one instance twice a second, with the rules of the chart. It ends with the test.</summary>
internal sealed class PrometheusServer : IAsyncDisposable
{
    private readonly TemporaryDirectory _folder = new();
    private readonly StringBuilder _said = new();
    private readonly HttpClient _client;
    private readonly Process _process;

    private PrometheusServer(Uri scraped)
    {
        var address = $"127.0.0.1:{FreePort.Next()}";
        _client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new Uri($"http://{address}") };
        File.WriteAllText(
            _folder.File("prometheus.yml"),
            $$"""
            global: {scrape_interval: 500ms, scrape_timeout: 500ms, evaluation_interval: 1s}
            rule_files: ['{{DashboardFiles.Alerts}}']
            scrape_configs:
              - job_name: gateway
                static_configs: [{targets: ['{{scraped.Authority}}']}]
            """
        );
        var start = new ProcessStartInfo(
            PrometheusFactAttribute.Find("prometheus")!,
            [
                $"--config.file={_folder.File("prometheus.yml")}",
                $"--storage.tsdb.path={_folder.File("data")}",
                $"--web.listen-address={address}",
                "--log.level=warn",
            ]
        )
        {
            WorkingDirectory = _folder.Path,
            RedirectStandardError = true,
        };
        _process = Process.Start(start)!;
        _process.ErrorDataReceived += (_, line) => _said.AppendLine(line.Data);
        _process.BeginErrorReadLine();
    }

    public static async Task<PrometheusServer> StartAsync(Uri scraped)
    {
        var server = new PrometheusServer(scraped);
        await Waiting.ForAsync(
            "Prometheus is ready",
            async () =>
            {
                Assert.False(server._process.HasExited, server._said.ToString());
                try
                {
                    using var response = await server._client.GetAsync("/-/ready");
                    return response.IsSuccessStatusCode;
                }
                catch (HttpRequestException)
                {
                    return false;
                }
            }
        );
        // What was counted before the first scrape hasn't increased as far as Prometheus knows.
        await Waiting.ForAsync("it has scraped once", async () => (await server.AskAsync("up == 1")).Count == 1);
        return server;
    }

    /// <summary>The values that a query has now; those that are no number left out. One that Prometheus can't read fails.</summary>
    public async Task<IReadOnlyList<double>> AskAsync(string query)
    {
        using var response = await _client.PostAsync("/api/v1/query", new FormUrlEncodedContent([KeyValuePair.Create("query", query)]));
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{query}: {text}");
        using var answer = JsonDocument.Parse(text);
        return
        [
            .. answer
                .RootElement.GetProperty("data")
                .GetProperty("result")
                .EnumerateArray()
                .Select(series => double.Parse(series.GetProperty("value")[1].GetString()!, CultureInfo.InvariantCulture))
                .Where(value => !double.IsNaN(value)),
        ];
    }

    /// <summary>Each alert with what came of its last evaluation: <c>ok</c>, <c>err</c> or <c>unknown</c>, and what it says where it is
    /// active.</summary>
    public async Task<IReadOnlyList<(string Name, string Health, string Said)>> RulesAsync()
    {
        using var answer = JsonDocument.Parse(await _client.GetStringAsync("/api/v1/rules"));
        return
        [
            .. answer
                .RootElement.GetProperty("data")
                .GetProperty("groups")
                .EnumerateArray()
                .SelectMany(group => group.GetProperty("rules").EnumerateArray())
                .Select(rule =>
                    (
                        rule.GetProperty("name").GetString()!,
                        rule.GetProperty("health").GetString()!,
                        string.Concat(
                            rule.GetProperty("alerts").EnumerateArray().Select(alert => alert.GetProperty("annotations").ToString())
                        )
                    )
                ),
        ];
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _folder.Dispose();
    }
}
