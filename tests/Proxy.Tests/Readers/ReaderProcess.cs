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

    private static readonly SemaphoreSlim Installing = new(1);

    public static bool ExpressIsInstalled => IsInstalled("express");

    public static Task<ReaderProcess> ExpressAsync() => NodeAsync("express.mjs", "express");

    /// <summary>A script of Node.js, with what is from npm installed where it isn't yet.</summary>
    /// <param name="package">What the script needs.</param>
    public static async Task<ReaderProcess> NodeAsync(string script, string package, params string[] arguments)
    {
        await Installing.WaitAsync();
        try
        {
            await InstallAsync(package);
        }
        finally
        {
            Installing.Release();
        }

        return await StartAsync("node", [script, .. arguments]);
    }

    private static async Task InstallAsync(string package)
    {
        if (!IsInstalled(package))
        {
            using var install = Start("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error");
            install.StandardInput.Close();
            await install.StandardOutput.ReadToEndAsync();
            await install.WaitForExitAsync();
            Assert.Equal(0, install.ExitCode);
        }
    }

    public static Task<ReaderProcess> PythonAsync() => StartAsync("python3", ["plain.py"]);

    /// <summary>What it says next, behind its port.</summary>
    public async Task<string> NextLineAsync() => await _process.StandardOutput.ReadLineAsync() ?? "";

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

    public static bool IsInstalled(string package) => Directory.Exists(Path.Combine(Folder, "node_modules", package));

    private static async Task<ReaderProcess> StartAsync(string program, string[] arguments)
    {
        var process = Start(program, arguments);
        var port = await process.StandardOutput.ReadLineAsync();
        Assert.True(int.TryParse(port, CultureInfo.InvariantCulture, out var number), $"{arguments[0]} said '{port}' instead of its port.");
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

/// <summary>A fact held against a package of npm's; skipped, and it says so, on a machine where there can be none.</summary>
internal sealed class NodeFactAttribute : FactAttribute
{
    public NodeFactAttribute(string package)
    {
        if (!ReaderProcess.IsOnPath("node") || !(ReaderProcess.IsInstalled(package) || ReaderProcess.IsOnPath("npm")))
        {
            Skip = $"needs Node.js and npm: nothing was held against {package}";
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
