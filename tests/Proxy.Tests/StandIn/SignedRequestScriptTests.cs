using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Gateway.Connectors.Keys;
using Gateway.Policy.Model;
using Gateway.Proxy.Identity.Signing;
using Gateway.Testing;

namespace Gateway.Proxy.Tests.StandIn;

/// <summary>The signing script is a client of its own making: it must agree with the signer that the verifier is tested against.</summary>
public sealed partial class SignedRequestScriptTests
{
    private const string Url = "http://127.0.0.1:8080/tools/crm/contacts?limit=2";

    [Fact]
    public async Task Sign_WithARuntimeSecret_MakesTheSignatureThatTheSignerMakes()
    {
        var tenant = Id<Tenant>.Parse("demo");
        var agent = Id<Agent>.Parse("assistant");
        var text = AgentKeyText.Generate(AgentKeyKind.RuntimeSecret, tenant, AgentKeyText.NewId());
        var (input, signature) = await RunScriptAsync(text);

        var parameters = Parameters().Match(input);
        var request = new HttpRequestMessage(HttpMethod.Get, Url);
        request.Headers.TryAddWithoutValidation("accept", "application/json");
        var options = new SigningOptions
        {
            Created = DateTimeOffset.FromUnixTimeSeconds(long.Parse(parameters.Groups["created"].ValueSpan, CultureInfo.InvariantCulture)),
            Nonce = parameters.Groups["nonce"].Value,
            Components = [.. parameters.Groups["names"].Value.Split(' ').Select(name => name.Trim('"'))],
        };
        await Signer(text, tenant, agent).SignAsync(request, options, CancellationToken.None);

        Assert.Equal(Assert.Single(request.Headers.GetValues("Signature-Input")), input);
        Assert.Equal(Assert.Single(request.Headers.GetValues("Signature")), signature);
    }

    private static RequestSigner Signer(string text, Id<Tenant> tenant, Id<Agent> agent)
    {
        Assert.True(AgentKeyText.TryParse(text, out var key));
        var derived = RuntimeKeyDerivation.Derive(key.Secret, tenant, agent, keyVersion: 1);
        var identity = new SigningIdentity(tenant, Id<Workspace>.Parse("main"), agent);
        return new RequestSigner(new HmacSigningKey(key.KeyId.ToString(), derived), identity, TimeProvider.System);
    }

    private static async Task<(string Input, string Signature)> RunScriptAsync(string secret)
    {
        const string program = """
            import sys
            from signed_request import sign
            signed = sign("GET", sys.argv[1], b"", {"accept": "application/json"}, sys.stdin.read(), "demo", "main", "assistant")
            print(signed["signature-input"])
            print(signed["signature"])
            """;
        using var python = Process.Start(
            new ProcessStartInfo("python3", ["-B", "-c", program, Url])
            {
                WorkingDirectory = Path.Combine(Repository.Root, "scripts"),
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            }
        )!;
        await python.StandardInput.WriteAsync(secret);
        python.StandardInput.Close();
        var lines = (await python.StandardOutput.ReadToEndAsync()).Split('\n');
        return (lines[0], lines[1]);
    }

    [GeneratedRegex("""^gateway=\((?<names>[^)]*)\);created=(?<created>[0-9]+);expires=[0-9]+;nonce="(?<nonce>[^"]+)";""")]
    private static partial Regex Parameters();
}
