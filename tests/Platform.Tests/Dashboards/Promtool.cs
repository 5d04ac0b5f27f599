using System.Diagnostics;
using Gateway.Testing;

namespace Gateway.Platform.Tests.Dashboards;

/// <summary>What Prometheus' own tool says of rules.</summary>
internal static class Promtool
{
    /// <value>Many times what all cases of all alerts take.</value>
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);

    public static async Task<(int Code, string Said)> RunAsync(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo(PrometheusFactAttribute.Find("promtool")!, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var tool = Process.Start(start)!;
        var said = await Task.WhenAll(tool.StandardOutput.ReadToEndAsync(), tool.StandardError.ReadToEndAsync()).WaitAsync(Deadline);
        await tool.WaitForExitAsync();
        return (tool.ExitCode, string.Concat(said));
    }
}
