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
        if (!ClientsFactAttribute.AreInstalled)
        {
            await RunAsync("npm", ["ci", "--no-audit", "--no-fund"], []);
        }

        var text = await RunAsync(
            "node",
            ["--test", "--test-reporter=tap"],
            new()
            {
                ["GATEWAY_URL"] = gateway.Address.ToString().TrimEnd('/'),
                ["GATEWAY_KEY"] = await gateway.NewBearerAsync("assistant"),
                ["GATEWAY_BLOCKED_KEY"] = await gateway.NewBearerAsync("blocked"),
            }
        );

        Assert.True(Count(Passed(), text) >= 30, text);
        Assert.Equal(0, Count(Skipped(), text));
    }

    /// <summary>What it wrote; its failure fails the test.</summary>
    private static async Task<string> RunAsync(string program, string[] arguments, Dictionary<string, string> environment)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = ClientsFactAttribute.Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        var text = await output + await errors;
        Assert.True(process.ExitCode == 0, text);
        return text;
    }

    private static int Count(Regex line, string text) =>
        int.Parse(line.Match(text).Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^# pass (\d+)", RegexOptions.Multiline)]
    private static partial Regex Passed();

    [GeneratedRegex(@"^# skipped (\d+)", RegexOptions.Multiline)]
    private static partial Regex Skipped();
}

/// <summary>
/// A fact that needs Node.js with the npm clients, or with npm to install them; skipped, and saying so, on a machine without.
/// </summary>
public sealed class ClientsFactAttribute : FactAttribute
{
    public static readonly string Folder = Path.Combine(Repository.Root, "tests", "sdk");

    public ClientsFactAttribute()
    {
        if (!IsOnPath("node") || !(AreInstalled || IsOnPath("npm")))
        {
            Skip = "needs Node.js and npm: the official clients weren't run";
        }
    }

    public static bool AreInstalled => Directory.Exists(Path.Combine(Folder, "node_modules", "openai"));

    private static bool IsOnPath(string program)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, "--version") { RedirectStandardOutput = true });
            return process is not null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
