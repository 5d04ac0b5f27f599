using System.Diagnostics;
using Gateway.Testing;

namespace Gateway.Cli.Tests.Readme;

/// <summary>What <c>make run PORT=…</c> hands on. That it listens there needs the published program, and isn't tried here.</summary>
public sealed class RunScriptTests
{
    [Theory]
    [InlineData("8081")]
    [InlineData("0")]
    [InlineData("65536")]
    [InlineData("9090; id")]
    [InlineData("web")]
    public async Task APortThatItCannotHave_IsRefused_BeforeAnythingStarts(string port)
    {
        var start = new ProcessStartInfo("bash", [Path.Combine(Repository.Root, "scripts", "run.sh")]) { RedirectStandardError = true };
        start.Environment["PORT"] = port;
        using var process = Process.Start(start)!;

        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(6, process.ExitCode);
        Assert.Contains("make run PORT=9090", error, StringComparison.Ordinal);
    }
}
