using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using Gateway.Proxy.Tests.Faults;
using Gateway.Proxy.Tests.StandIn;
using Gateway.Testing;

namespace Gateway.Proxy.Tests.Telemetry;

/// <summary>
/// Real requests through a gateway whose signals a real collector receives. The gateway is a process of its own, so that nothing else is in
/// what it sends.
/// </summary>
public sealed partial class TelemetryTests : IAsyncLifetime
{
    private const string Trace = "0af7651916cd43dd8448eb211c80319c";
    private const string Canary = "canary-8d1f0c6e";
    private const string Chat = $$"""{"model":"gpt-4o-mini","messages":[{"role":"user","content":"say {{Canary}}"}]}""";

    /// <summary>What isn't sent before it has happened.</summary>
    private static readonly string[] Rare = ["gateway.bodies.unkept", "gateway.redactions", "gateway.triggers.fired"];

    /// <summary>Nobody is told of anything here: WebNoticeTests count it.</summary>
    private const string Notices = "gateway.notices";

    private RunningStandIn _provider = null!;
    private GatewayProcess _gateway = null!;
    private string _bearer = "";
    private readonly HttpMessageInvoker _client = new(new SocketsHttpHandler { UseProxy = false, ActivityHeadersPropagator = null });

    public async Task InitializeAsync()
    {
        _provider = await RunningStandIn.StartAsync();
        _gateway = new GatewayProcess(_provider.Address);
        (_, _bearer) = await _gateway.PrepareAsync();
    }

    public async Task DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _provider.DisposeAsync();
        _client.Dispose();
    }

    [Theory]
    [InlineData("", "gateway")]
    [InlineData("OTEL_SERVICE_NAME=gateway-eu", "gateway-eu")]
    public async Task Signals_SayWhoSpeaks_AsTheVariablesSayWhereTheyDo(string variable, string expected)
    {
        await using var collector = await Collector.StartAsync();
        await StartAsync(collector.Http, "http/protobuf", [.. variable.Length > 0 ? [variable] : Array.Empty<string>()]);
        Assert.Equal(200, await ChatAsync(_bearer));
        _gateway.Terminate();
        Assert.Equal(0, await _gateway.EndedAsync());

        foreach (var signal in new[] { collector.Metrics, collector.Traces, collector.Logs })
        {
            Assert.True(signal.TryPeek(out var sent));
            // Of the first resource (1, 1) its attributes (1): a key (1), and a value (2) that is text (1).
            var attributes = new Proto(sent).All(1, 1, 1).ToDictionary(one => one.Text(1), one => one.All(2).Single().Text(1));
            Assert.Equal(expected, attributes["service.name"]);
            Assert.Matches(@"^\d+\.\d+\.\d+", attributes["service.version"]);
        }
    }

    [Theory]
    [InlineData("http/protobuf")]
    [InlineData("grpc")]
    public async Task Signals_OfRealRequests_HaveTheirNamesUnitsAndAttributes_AndNothingSecret(string protocol)
    {
        await using var collector = await Collector.StartAsync();
        await StartAsync(protocol == "grpc" ? collector.Grpc : collector.Http, protocol, "OTEL_METRIC_EXPORT_INTERVAL=500");
        Assert.Equal(200, await ChatAsync(_bearer));
        Assert.Equal(401, await ChatAsync("gwk_" + Canary));
        Assert.Equal(200, await ChatAsync(_bearer, traced: false));
        _gateway.Terminate();
        Assert.Equal(0, await _gateway.EndedAsync());

        CheckMetrics(collector.MetricsByName());
        CheckSpans(collector.Spans());
        Assert.NotEmpty(collector.Logs);
        var all = string.Concat(collector.Metrics.Concat(collector.Traces).Concat(collector.Logs).Select(Encoding.Latin1.GetString));
        Assert.All([Canary, _bearer, RunningStandIn.OpenAiKey], secret => Assert.DoesNotContain(secret, all, StringComparison.Ordinal));
    }

    [Fact]
    public async Task WhatIsReplacedAndWhatIsNotKept_IsCountedByItsClass()
    {
        var connectors = Path.Combine(_gateway.Governance, "connectors.yaml");
        await File.WriteAllTextAsync(
            connectors,
            OpenAi().Replace(await File.ReadAllTextAsync(connectors), "$0  bodies: {keep: redacted}\n", 1)
        );
        await File.WriteAllTextAsync(
            Path.Combine(_gateway.Governance, "redaction.yaml"),
            """
            apiVersion: gateway/v1
            kind: Policy
            metadata: {tenant: demo, name: redaction}
            spec:
              rules:
                - name: no-addresses
                  effect: degrade
                  match: {tool_names: [openai/chat]}
                  obligations:
                    redact_request: {patterns: [email, card]}
            ---
            apiVersion: gateway/v1
            kind: Trigger
            metadata: {tenant: demo, name: first-refusal}
            spec: {on: refusals, count: 1, window: 1m, then: suspend, mode: shadow}
            """
        );
        await using var collector = await Collector.StartAsync();
        await StartAsync(collector.Http, "http/protobuf", "OTEL_METRIC_EXPORT_INTERVAL=500");
        Assert.Equal(
            200,
            await ChatAsync(_bearer, Chat.Replace("say", "a@example.com b@example.com 4111 1111 1111 1111", StringComparison.Ordinal))
        );
        // No JSON: it can't be kept redacted.
        Assert.Equal(200, await ChatAsync(_bearer, Chat.Replace("{\"model\"", "{\"stream\":true,\"model\"", StringComparison.Ordinal)));
        Assert.Equal(404, await ChatAsync(_bearer, Chat.Replace("gpt-4o-mini", "no-such-model", StringComparison.Ordinal)));
        _gateway.Terminate();
        Assert.Equal(0, await _gateway.EndedAsync());

        // A sum's point: 6 value, 7 attributes.
        var metrics = collector.MetricsByName();
        Assert.All(Rare, name => Assert.Equal(Page.Single(row => row.Name == name).Unit, metrics[name].Text(3)));
        Assert.Equal(
            ["card 1", "email 2"],
            metrics["gateway.redactions"]
                .All(7, 1)
                .Select(point => $"{point.Attributes(7)["gateway.redaction.class"]} {point.Number(6)}")
                .Order(StringComparer.Ordinal)
        );
        Assert.Equal(
            ["response unredactable 1"],
            metrics["gateway.bodies.unkept"]
                .All(7, 1)
                .Select(point =>
                    $"{point.Attributes(7)["gateway.body.direction"]} {point.Attributes(7)["gateway.body.problem"]} {point.Number(6)}"
                )
        );
    }

    [Fact]
    public async Task ACollectorThatIsDownOrHangs_CostsTheDataAndNothingElse()
    {
        var hold = new TaskCompletionSource();
        await using var collector = await Collector.StartAsync(hold);
        foreach (var endpoint in new[] { new Uri($"http://127.0.0.1:{FreePort.Next()}"), collector.Http })
        {
            await StartAsync(endpoint, "http/protobuf", "OTEL_METRIC_EXPORT_INTERVAL=200", "OTEL_BSP_SCHEDULE_DELAY=100");
            for (var i = 0; i < 50; i++)
            {
                Assert.Equal(200, await ChatAsync(_bearer));
            }

            if (endpoint == collector.Http)
            {
                await Waiting.ForAsync("the collector holds an export", () => collector.Held > 0);
                Assert.Equal(200, await ChatAsync(_bearer));
            }

            _gateway.Terminate();
            Assert.Equal(0, await _gateway.EndedAsync());
        }

        hold.SetResult();
    }

    [Fact]
    public async Task ThatNothingCanBeSent_IsInTheLog_Once()
    {
        var began = Stopwatch.StartNew();
        var nowhere = new Uri($"http://127.0.0.1:{FreePort.Next()}/");
        await StartAsync(nowhere, "http/protobuf", "OTEL_METRIC_EXPORT_INTERVAL=50", "OTEL_EXPORTER_OTLP_HEADERS=authorization=" + Canary);
        await Waiting.ForAsync("it is said", () => _gateway.Said.Contains("Telemetry can't be sent", StringComparison.Ordinal));
        Assert.Equal(200, await ChatAsync(_bearer));
        _gateway.Terminate();
        Assert.Equal(0, await _gateway.EndedAsync());

        var said = _gateway.Said.Split('\n').Where(line => line.Contains("Telemetry can't be sent", StringComparison.Ordinal)).ToList();
        Assert.InRange(said.Count, 1, 1 + (int)began.Elapsed.TotalMinutes);
        Assert.Contains(nowhere.ToString(), said[0], StringComparison.Ordinal);
        Assert.Contains("refused", said[0], StringComparison.Ordinal);
        Assert.DoesNotContain(Canary, _gateway.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatAVariableMustNotHold_StopsTheStart_WithTheRestThatIsWrong()
    {
        _gateway.Variables["OTEL_EXPORTER_OTLP_ENDPOINT"] = "collector:4317";
        _gateway.Variables["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http";

        Assert.NotEqual(0, await _gateway.StartInVainAsync(new Dictionary<string, string?>(), "--Gateway:Data:Replicsa=3"));

        Assert.All(
            ["OTEL_EXPORTER_OTLP_ENDPOINT: must be", "OTEL_EXPORTER_OTLP_PROTOCOL: must be 'grpc' or 'http/protobuf'", "Replicsa"],
            wrong => Assert.Contains(wrong, _gateway.Said, StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("OTEL_SDK_DISABLED=true")]
    [InlineData("OTEL_TRACES_EXPORTER=none")]
    public async Task WhatIsSwitchedOff_IsNotSent(string setting)
    {
        await using var collector = await Collector.StartAsync();
        await StartAsync(collector.Http, "http/protobuf", setting);
        Assert.Equal(200, await ChatAsync(_bearer));
        _gateway.Terminate();
        Assert.Equal(0, await _gateway.EndedAsync());
        Assert.Empty(collector.Traces);
        Assert.Equal(setting.StartsWith("OTEL_SDK", StringComparison.Ordinal), collector.Metrics.IsEmpty);
    }

    private static void CheckMetrics(IReadOnlyDictionary<string, Proto> metrics)
    {
        // Metric: 1 name, 3 unit, 5 gauge, 7 sum, 9 histogram; each has its points in 1. A number's attributes are 7, a histogram's 9.
        // Every metric of the page is sent, with the unit that the page says.
        Assert.True(Page.Count >= 12);
        foreach (var (name, unit) in Page.Where(row => row.Name != Notices && !Rare.Contains(row.Name)))
        {
            Assert.True(metrics.TryGetValue(name, out var metric), $"{name} isn't among {string.Join(", ", metrics.Keys)}");
            Assert.Equal((name, unit), (name, metric.Text(3)));
        }

        var decisions = metrics["gateway.decisions"].All(7, 1).Select(point => point.Attributes(7)).ToList();
        Assert.Contains(
            decisions,
            tags =>
                tags["gateway.decision"] == "allow"
                && tags["gateway.reason"] == "none"
                && tags["gateway.door"] == "openai"
                && tags["gateway.connector"] == "openai"
        );
        Assert.Contains(decisions, tags => tags["gateway.decision"] == "block" && tags["gateway.connector"] == "none");
        Assert.All(
            decisions,
            tags =>
                Assert.Equal(
                    ["gateway.connector", "gateway.decision", "gateway.door", "gateway.reason"],
                    tags.Keys.Order(StringComparer.Ordinal)
                )
        );
        var call = Assert.Single(metrics["gen_ai.client.operation.duration"].All(9, 1)).Attributes(9);
        Assert.Equal(
            "chat openai gpt-4o-mini",
            $"{call["gen_ai.operation.name"]} {call["gen_ai.provider.name"]} {call["gen_ai.request.model"]}"
        );
        Assert.Equal(
            ["input", "output"],
            metrics["gen_ai.client.token.usage"]
                .All(9, 1)
                .Select(point => point.Attributes(9)["gen_ai.token.type"])
                .Order(StringComparer.Ordinal)
        );
    }

    private static IReadOnlyList<(string Name, string Unit)> Page { get; } =
    [
        .. File.ReadLines(Path.Combine(Repository.Root, "docs", "telemetry.md"))
            .Select(line => Row().Match(line))
            .Where(row => row.Success)
            .Select(row => (row.Groups[1].Value, row.Groups[2].Value)),
    ];

    [GeneratedRegex(@"name: openai\}\s+spec:\n")]
    private static partial Regex OpenAi();

    [GeneratedRegex(@"^\| `((?:gateway|gen_ai|http|dotnet)\.[a-z_.]+)` \| (\{?[A-Za-z1]+\}?) \|")]
    private static partial Regex Row();

    private void CheckSpans(IReadOnlyList<Proto> spans)
    {
        // Span: 1 trace, 2 id, 4 parent, 5 name, 6 kind (2 server, 3 client), 9 attributes.
        var server = spans.Single(span =>
            span.Number(6) == 2 && span.Hex(1) == Trace && span.Attributes(9)["http.response.status_code"] == "200"
        );
        var root = spans.Single(span => span.Number(6) == 2 && span.Hex(1) != Trace);
        Assert.Equal("", root.Hex(4));
        Assert.Equal(4, spans.Count(span => span.Hex(4) == root.Hex(2)));
        Assert.Equal((Trace, "00f067aa0ba902b7", "POST /v1/chat/completions"), (server.Hex(1), server.Hex(4), server.Text(5)));
        var tags = server.Attributes(9);
        Assert.Equal(
            "allow demo assistant openai",
            $"{tags["gateway.decision"]} {tags["gateway.tenant"]} {tags["gateway.agent"]} {tags["gateway.connector"]}"
        );

        var own = spans.Where(span => span.Hex(1) == Trace && span.Hex(4) == server.Hex(2)).ToList();
        Assert.Equal(
            ["chat gpt-4o-mini", "gateway.admission", "gateway.evidence", "gateway.policy"],
            own.Select(span => span.Text(5)).Order(StringComparer.Ordinal)
        );
        var client = own.Single(span => span.Number(6) == 3);
        Assert.Equal("gateway.credential", Assert.Single(spans, span => span.Hex(4) == client.Hex(2)).Text(5));
        Assert.Equal("gpt-4o-mini", client.Attributes(9)["gen_ai.request.model"]);
        Assert.True(int.Parse(client.Attributes(9)["gen_ai.usage.input_tokens"], System.Globalization.CultureInfo.InvariantCulture) > 0);

        var refused = spans.Single(span =>
            span.Number(6) == 2 && span != server && span.Attributes(9)["http.response.status_code"] == "401"
        );
        Assert.Equal("block", refused.Attributes(9)["gateway.decision"]);
    }

    private Task StartAsync(Uri endpoint, string protocol, params string[] more)
    {
        foreach (var variable in (string[])[$"OTEL_EXPORTER_OTLP_ENDPOINT={endpoint}", $"OTEL_EXPORTER_OTLP_PROTOCOL={protocol}", .. more])
        {
            var sign = variable.IndexOf('=', StringComparison.Ordinal);
            _gateway.Variables[variable[..sign]] = variable[(sign + 1)..];
        }

        // The host's own activities must not come in between, whoever turns them on.
        return _gateway.StartAsync(
            "--Logging:LogLevel:Default=Information",
            "--Logging:LogLevel:Microsoft.AspNetCore.Hosting.Diagnostics=Information"
        );
    }

    private Task<int> ChatAsync(string bearer, bool traced = true) => ChatAsync(bearer, Chat, traced);

    private async Task<int> ChatAsync(string bearer, string chat, bool traced = true)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_gateway.Address, "/v1/chat/completions"))
        {
            Content = new StringContent(chat, Encoding.UTF8, "application/json"),
        };
        request.Content.Headers.ContentType!.CharSet = null;
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {bearer}");
        if (traced)
        {
            request.Headers.TryAddWithoutValidation("traceparent", $"00-{Trace}-00f067aa0ba902b7-01");
        }

        using var response = await _client.SendAsync(request, CancellationToken.None).WaitAsync(Waiting.Deadline);
        return (int)response.StatusCode;
    }
}
