using System.Diagnostics;
using Gateway.Proxy.Tests.Faults;
using Gateway.Testing;

namespace Gateway.Platform.Tests.Dashboards;

/// <summary>What Prometheus' own tool says of rules.</summary>
internal static class Promtool
{
    public static async Task<(int Code, string Said)> RunAsync(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo(PrometheusFactAttribute.Find("promtool")!, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var tool = Process.Start(start)!;
        var said = await Task.WhenAll(tool.StandardOutput.ReadToEndAsync(), tool.StandardError.ReadToEndAsync())
            .WaitAsync(Waiting.Deadline);
        await tool.WaitForExitAsync();
        return (tool.ExitCode, string.Concat(said));
    }
}
