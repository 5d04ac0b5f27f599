using System.Diagnostics;

namespace Gateway.Platform.Tests.Packages;

/// <summary>Programs of this repository's scripts, run as a user does.</summary>
internal static class Programs
{
    /// <param name="folder">The working directory.</param>
    /// <param name="input">For its standard input; null for nothing.</param>
    /// <returns>How it ended, and all that it said.</returns>
    public static async Task<(int Exit, string Output)> RunAsync(string folder, string[] line, string? input = null)
    {
        var start = new ProcessStartInfo(line[0], line[1..])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(3));
        return (process.ExitCode, await output + await error);
    }

    /// <summary>What a program says that must succeed.</summary>
    public static async Task<string> OutputAsync(string folder, string[] line, string? input = null)
    {
        var (exit, output) = await RunAsync(folder, line, input);
        Assert.True(exit == 0, $"{string.Join(' ', line)} ended with {exit}:\n{output}");
        return output;
    }
}
