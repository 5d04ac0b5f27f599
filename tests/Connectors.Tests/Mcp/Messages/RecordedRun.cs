using System.Diagnostics;
using System.Net.Sockets;
using Gateway.Testing;

namespace Gateway.Connectors.Tests.Mcp.Messages;

/// <summary>One run of an official program against the kit's server, through a tunnel that keeps what they said.</summary>
/// <param name="Url">Where the server is, through the tunnel.</param>
/// <param name="Control">Where it is without.</param>
internal sealed record RecordedRun(string Url, string Control)
{
    /// <summary>Each HTTP request with its answer. The program must have ended well.</summary>
    /// <param name="server">Options of the kit's server.</param>
    /// <param name="program">The script and its arguments.</param>
    public static async Task<List<(RecordedHttp Request, RecordedHttp Answer)>> OfAsync(
        string[] server,
        Func<RecordedRun, string[]> program
    )
    {
        var port = FreePort.Next();
        using var fixture = Start([Repository.Shared("mcp/fixture.mjs"), "--port", $"{port}", .. server]);
        try
        {
            await ListensAsync(port, fixture);
            await using var tunnel = new RecordingTunnel(port);
            using var run = Start(program(new RecordedRun($"http://127.0.0.1:{tunnel.Port}/mcp", $"http://127.0.0.1:{port}")));
            var said = await run.StandardOutput.ReadToEndAsync();
            await run.WaitForExitAsync();
            Assert.True(run.ExitCode == 0, said);
            return
            [
                .. tunnel.Connections.SelectMany(connection =>
                    RecordedHttp.ReadAll(connection.Sent.ToArray()).Zip(RecordedHttp.ReadAll(connection.Got.ToArray()))
                ),
            ];
        }
        finally
        {
            fixture.Kill(entireProcessTree: true);
            await fixture.WaitForExitAsync();
        }
    }

    private static Process Start(string[] arguments) =>
        Process.Start(new ProcessStartInfo(McpKitFactAttribute.Node, arguments) { RedirectStandardOutput = true })!;

    private static async Task ListensAsync(int port, Process server)
    {
        while (true)
        {
            Assert.False(server.HasExited, "The fixture ended before it listened.");
            try
            {
                using var probe = new TcpClient();
                await probe.ConnectAsync("127.0.0.1", port);
                return;
            }
            catch (SocketException)
            {
                await Task.Yield();
            }
        }
    }
}
