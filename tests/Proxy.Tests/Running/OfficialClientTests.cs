using System.Diagnostics;
using System.Text.RegularExpressions;
using Gateway.Proxy.Tests.StandIn;
using Gateway.Testing;

namespace Gateway.Proxy.Tests.Running;

/// <summary>The official npm clients, unchanged but for base URL and key.</summary>
public sealed partial class OfficialClientTests
{
    /// <summary>An agent that is active, and has no permission for any model.</summary>
    private const string Blocked = """
        apiVersion: gateway/v1
        kind: Agent
        metadata: {tenant: demo, name: blocked}
        spec:
          workspace: main
          owners: {human: Ada Sample, security: Ben Sample}
          purpose: Shows how a refusal looks to a client.
          status: active
          level: L3
          risk: low
        """;

    [ClientsFact]
    public async Task The_official_clients_chat_stream_list_and_raise_their_own_permission_error()
    {
        await using var provider = await RunningStandIn.StartAsync();
        await using var gateway = await RunningGateway.StartAsync(provider.Address, data: null, Blocked);

        using var node = Process.Start(new ProcessStartInfo("node", ["--test", "--test-reporter=tap", Path.Combine(Repository.Root, "tests", "sdk")])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["GATEWAY_URL"] = gateway.Address.ToString().TrimEnd('/'),
                ["GATEWAY_KEY"] = await gateway.NewBearerAsync("assistant"),
                ["GATEWAY_BLOCKED_KEY"] = await gateway.NewBearerAsync("blocked"),
            },
        })!;
        var output = node.StandardOutput.ReadToEndAsync();
        var errors = node.StandardError.ReadToEndAsync();
        await node.WaitForExitAsync();

        var text = await output + await errors;
        Assert.True(node.ExitCode == 0, text);
        Assert.True(Count(Passed(), text) >= 30, text);
        Assert.Equal(0, Count(Skipped(), text));
    }

    private static int Count(Regex line, string text) => int.Parse(line.Match(text).Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^# pass (\d+)", RegexOptions.Multiline)]
    private static partial Regex Passed();

    [GeneratedRegex(@"^# skipped (\d+)", RegexOptions.Multiline)]
    private static partial Regex Skipped();
}

/// <summary>A fact that needs the npm clients, which <c>make test</c> installs.</summary>
public sealed class ClientsFactAttribute : FactAttribute
{
    public ClientsFactAttribute()
    {
        if (!Directory.Exists(Path.Combine(Repository.Root, "tests", "sdk", "node_modules", "openai")))
        {
            Skip = "needs the npm clients: run 'npm ci' in tests/sdk";
        }
    }
}
