using System.Diagnostics;
using System.Globalization;
using Gateway.Testing;

namespace Gateway.Proxy.Tests.Readers;

/// <summary>A system behind the gateway in another language. It listens on a port that it says first, and ends with its input.</summary>
internal sealed class ReaderProcess : IAsyncDisposable
{
    public static readonly string Folder = Path.Combine(Repository.Root, "tests", "readers");

    private readonly Process _process;

    private ReaderProcess(Process process, Uri address) => (_process, Address) = (process, address);

    public Uri Address { get; }

    public static bool ExpressIsInstalled => Directory.Exists(Path.Combine(Folder, "node_modules", "express"));

    /// <summary>Express, installed where it isn't yet.</summary>
    public static async Task<ReaderProcess> ExpressAsync()
    {
        if (!ExpressIsInstalled)
        {
            using var install = Start("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error");
            install.StandardInput.Close();
            await install.StandardOutput.ReadToEndAsync();
            await install.WaitForExitAsync();
            Assert.Equal(0, install.ExitCode);
        }

        return await StartAsync("node", "express.mjs");
    }

    public static Task<ReaderProcess> PythonAsync() => StartAsync("python3", "plain.py");

    public static bool IsOnPath(string program)
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

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static async Task<ReaderProcess> StartAsync(string program, string script)
    {
        var process = Start(program, script);
        var port = await process.StandardOutput.ReadLineAsync();
        Assert.True(int.TryParse(port, CultureInfo.InvariantCulture, out var number), $"{script} said '{port}' instead of its port.");
        return new ReaderProcess(process, new Uri($"http://127.0.0.1:{number}"));
    }

    private static Process Start(string program, params string[] arguments) =>
        Process.Start(
            new ProcessStartInfo(program, arguments)
            {
                WorkingDirectory = Folder,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            }
        )!;
}

/// <summary>A theory about Express; skipped, and it says so, on a machine without Node.js or, where it isn't installed, npm.</summary>
internal sealed class ExpressTheoryAttribute : TheoryAttribute
{
    public ExpressTheoryAttribute()
    {
        if (!ReaderProcess.IsOnPath("node") || !(ReaderProcess.ExpressIsInstalled || ReaderProcess.IsOnPath("npm")))
        {
            Skip = "needs Node.js and npm: nothing was compared with Express";
        }
    }
}

/// <summary>A theory about Python's own readers; skipped, and it says so, on a machine without.</summary>
internal sealed class PythonTheoryAttribute : TheoryAttribute
{
    public PythonTheoryAttribute()
    {
        if (!ReaderProcess.IsOnPath("python3"))
        {
            Skip = "needs python3: nothing was compared with Python";
        }
    }
}
