using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Gateway.Cli.Tests.Calling;
using Gateway.Connectors.Keys;
using Gateway.Policy.Model;
using Gateway.Testing;

namespace Gateway.Cli.Tests.Commands.Running;

public sealed class CallCommandTests : IAsyncLifetime
{
    private readonly CommandFolder _folder = new();
    private readonly string _secret = AgentKeyText.Generate(AgentKeyKind.RuntimeSecret, Id<Tenant>.Parse("demo"), "abcdefgh23");
    private Echo _echo = null!;

    public async Task InitializeAsync()
    {
        _echo = await Echo.StartAsync();
        _folder.Settings["GATEWAY_AGENT_SECRET"] = _secret;
        _folder.Settings["GATEWAY_WORKSPACE"] = "main";
        _folder.Settings["GATEWAY_AGENT"] = "assistant";
    }

    public async Task DisposeAsync()
    {
        await _echo.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Call_SignsForTheAgentAndNeverSendsTheSecret()
    {
        var run = (await CallAsync("GET", "/x")).Ended(0);
        var headers = JsonDocument.Parse(run.Output).RootElement.GetProperty("headers");
        Assert.Equal("demo", headers.GetProperty("gateway-tenant").GetString());
        Assert.Equal("main", headers.GetProperty("gateway-workspace").GetString());
        Assert.Equal("assistant", headers.GetProperty("gateway-agent").GetString());
        Assert.Contains("keyid=\"demo.abcdefgh23\"", headers.GetProperty("signature-input").GetString(), StringComparison.Ordinal);
        Assert.StartsWith("gateway=:", headers.GetProperty("signature").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain(_secret.Split('.')[^1], run.Output + run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(200, "allow", 0)]
    [InlineData(204, "degrade", 0)]
    [InlineData(403, "block", 3)]
    [InlineData(403, "require_approval", 4)]
    [InlineData(404, "allow", 1)]
    [InlineData(302, "allow", 1)]
    [InlineData(500, "", 1)]
    public async Task Call_EndsAsTheAnswerSays(int status, string decision, int exit)
    {
        var run = (
            await CallAsync("GET", $"/x?status={status}{(decision.Length > 0 ? "&decision=" + decision : "")}", null, "--json")
        ).Ended(exit);
        Assert.Equal(status, run.Data().GetProperty("status").GetInt32());
        Assert.Equal(decision.Length > 0 ? decision : null, run.Data().GetProperty("decision").GetString());
    }

    [Theory]
    [InlineData("{\"a\":1}")]
    [InlineData("-")]
    [InlineData("@-")]
    [InlineData("@body.json")]
    public async Task Call_SendsTheBodyByteForByte(string data)
    {
        await File.WriteAllTextAsync(_folder.FileOf("body.json"), "{\"a\":1}");
        var run = (await CallAsync("post", "/x", "{\"a\":1}", "--data", data)).Ended(0);
        var got = JsonDocument.Parse(run.Output).RootElement;
        Assert.Equal("POST", got.GetProperty("method").GetString());
        Assert.Equal("{\"a\":1}", Encoding.UTF8.GetString(got.GetProperty("body").GetBytesFromBase64()));
        Assert.Equal("application/json", got.GetProperty("headers").GetProperty("content-type").GetString());
        Assert.Contains(
            "\"content-type\"",
            got.GetProperty("headers").GetProperty("signature-input").GetString(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Call_WithHeaders_SendsAndCoversThem()
    {
        var run = (
            await CallAsync("POST", "/x", null, "--data", "a=1", "--header", "Content-Type: text/plain", "--header", "X-Note: one: two")
        ).Ended(0);
        var headers = JsonDocument.Parse(run.Output).RootElement.GetProperty("headers");
        Assert.Equal("text/plain", headers.GetProperty("content-type").GetString());
        Assert.Equal("one: two", headers.GetProperty("x-note").GetString());
        Assert.Contains("\"x-note\"", headers.GetProperty("signature-input").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_WithANonce_SignsWithIt()
    {
        var run = (await CallAsync("GET", "/x", null, "--nonce", "AAAAAAAAAAAAAAAAAAAAAAAA")).Ended(0);
        Assert.Contains("nonce=\\u0022AAAAAAAAAAAAAAAAAAAAAAAA\\u0022", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_WithInclude_ShowsStatusAndHeadersInFront()
    {
        var lines = (await CallAsync("GET", "/x?status=403&decision=block", null, "--include")).Ended(3).Output.Split("\r\n");
        Assert.Equal("HTTP/1.1 403 Forbidden", lines[0]);
        Assert.Contains("Gateway-Decision: block", lines);
        Assert.StartsWith("{", lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_ShowsAStreamAsItComes()
    {
        using var process = _folder.Start("call", "GET", _echo.Address + "/slow");
        Assert.Equal("first", await process.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(30)));
        _echo.GoOn.SetResult();
        Assert.Equal("last", await process.StandardOutput.ReadLineAsync());
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
    }

    [Fact]
    public async Task Call_WithAKeyPair_SignsWithIt()
    {
        using var pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await File.WriteAllTextAsync(_folder.FileOf("agent.pem"), pair.ExportPkcs8PrivateKeyPem());
        var run = (await CallAsync("GET", "/x", null, "--key-id", "demo.abcdefgh23", "--private-key", "agent.pem")).Ended(0);
        var signature = JsonDocument.Parse(run.Output).RootElement.GetProperty("headers").GetProperty("signature").GetString()!;
        Assert.Equal(64, Convert.FromBase64String(signature["gateway=:".Length..^1]).Length);
    }

    [Fact]
    public async Task Call_TakesTheSecretFromAFile()
    {
        _folder.Settings.Remove("GATEWAY_AGENT_SECRET");
        await File.WriteAllTextAsync(_folder.FileOf("secret"), _secret + "\n");
        (await CallAsync("GET", "/x", null, "--secret-file", "secret")).Ended(0);
        (await CallAsync("GET", "/x", null, "--secret", _secret)).Ended(0);
        (await CallAsync("GET", "/x", null, "--secret", _secret, "--secret-file", "secret")).Ended(6);
        (await CallAsync("GET", "/x")).Ended(6);
    }

    [Theory]
    [InlineData("--secret gws_demo.abcdefgh23.not-a-secret")]
    [InlineData("--key-id demo.abcdefgh23")]
    [InlineData("--key-id demo --private-key governance/tenant.yaml")]
    [InlineData("--key-id demo.abcdefgh23 --private-key governance/tenant.yaml")]
    [InlineData("--header no-colon")]
    [InlineData("--header Content-Type:text/plain")]
    [InlineData("--data @nowhere")]
    [InlineData("--key-version 0")]
    [InlineData("--agent Assistant")]
    [InlineData("--tenant ../x")]
    public async Task Call_ThatCannotBeMade_IsRefusedBeforeAnythingIsSent(string options)
    {
        var run = (await CallAsync("GET", "/x", null, ["--json", .. options.Split(' ')])).Ended(6);
        run.Envelope();
        Assert.DoesNotContain("not-a-secret", run.Output + run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", "127.0.0.1/x")]
    [InlineData("GET", "ftp://127.0.0.1/x")]
    [InlineData("GET", "http://user:password@127.0.0.1/x")]
    [InlineData("G T", "http://127.0.0.1/x")]
    public async Task Call_ToWhatIsNoAddress_IsRefused(string method, string url) =>
        (await _folder.RunAsync(["call", method, url])).Ended(6);

    [Fact]
    public async Task Call_WithABearerKey_SaysHowToUseIt()
    {
        var bearer = AgentKeyText.Generate(AgentKeyKind.Bearer, Id<Tenant>.Parse("demo"), "abcdefgh23");
        var run = (await CallAsync("GET", "/x", null, "--secret", bearer)).Ended(6);
        Assert.Contains("Authorization: Bearer", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(bearer, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_ToNobody_FailsWithOneLine()
    {
        var run = (await _folder.RunAsync(["call", "GET", $"http://127.0.0.1:{FreePort.Next()}/x"])).Ended(1);
        Assert.Single(run.Error.TrimEnd().Split('\n'));
    }

    private Task<CommandRun> CallAsync(string method, string path, string? input = null, params string[] options) =>
        _folder.RunAsync(["call", method, _echo.Address + path, .. options], input);
}
