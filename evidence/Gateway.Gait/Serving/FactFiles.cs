using Gateway.Policy.Rules.Evaluation;

namespace Gateway.Gait.Serving;

/// <summary>The files that hold facts for a rule file, read anew for each call: emergency stops, and the trust in MCP servers.</summary>
internal static class FactFiles
{
    private const int MostBytes = 4 * 1024 * 1024;

    public static KillSwitch ReadStops(string file) =>
        // Stops that can't be read stop everything.
        TryRead(file) is { } bytes
            ? KillSwitchReader.Read(bytes)
            : KillSwitch.Unavailable;

    public static McpTrustSnapshot ReadTrust(string file) =>
        TryRead(file) is { } bytes ? McpTrustSnapshotReader.Read(bytes) : McpTrustSnapshot.Unavailable;

    private static byte[]? TryRead(string file)
    {
        try
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read);
            var bytes = new byte[stream.Length <= MostBytes ? stream.Length : throw new IOException("It is too long.")];
            stream.ReadExactly(bytes);
            return bytes;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }
}
