using System.Diagnostics;
using Gateway.Testing;

namespace Gateway.Cli.Tests.Clients;

/// <summary>
/// Clients that others wrote do the same directly at the stand-in provider and through Gateway: what the provider received and what the
/// client returned are equal, but for what <c>tests/clients/differences.json</c> lists. <c>make clients</c> has the large ones too.
/// </summary>
public sealed class RealClientsTests
{
    private static readonly string[] Clients =
    [
        "bytes",
        "openai",
        "anthropic",
        "ai",
        "langchain",
        "agents",
        "nuget-openai",
        "nuget-anthropic",
    ];

    /// <summary>Built with these tests, in the same configuration.</summary>
    private static readonly string NuGet = Path.Combine(
        InstalledClientsFactAttribute.Folder,
        "dotnet",
        Path.GetRelativePath(Path.Combine(Repository.Root, "tests", "Cli.Tests"), AppContext.BaseDirectory),
        "nuget-clients"
    );

    /// <summary>How long before it is given up: far beyond what it takes.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(8);

    [InstalledClientsFact]
    public async Task Clients_DoTheSameThroughGateway()
    {
        var (exit, output) = await RunAsync([Path.Combine(InstalledClientsFactAttribute.Folder, "run.mjs"), .. Clients]);

        Assert.True(exit == 0, output);
        Assert.All(Clients, client => Assert.Contains($"\n{client} ", "\n" + output, StringComparison.Ordinal));
        Assert.Contains(" same\n", output, StringComparison.Ordinal);
    }

    /// <summary>Twelve refusals each: what, why, what to do, and an id that <c>gateway explain</c> resolves.</summary>
    [InstalledClientsFact]
    public async Task Clients_ShowAllOfWhatARefusalSays()
    {
        var (exit, output) = await RunAsync([Path.Combine(InstalledClientsFactAttribute.Folder, "refusals.mjs"), "openai", "anthropic"]);

        Assert.True(exit == 0, output);
        Assert.Contains("24 refusals say it all, 0 say it in their client's own words, 0 don't;", output, StringComparison.Ordinal);
    }

    /// <summary>The lines of <c>docs/clients.md</c> are run as they stand there, each section's with its client.</summary>
    [InstalledClientsFact]
    public async Task Clients_WorkAsThePageSays()
    {
        var (exit, output) = await RunAsync([Path.Combine(InstalledClientsFactAttribute.Folder, "page.mjs")]);

        Assert.True(exit == 0, output);
        Assert.Contains("\nOpenAI's SDKs            text  works: ", output, StringComparison.Ordinal);
        Assert.Contains("\nOpenAI for .NET          cs    works: ", output, StringComparison.Ordinal);
    }

    [InstalledClientsFact]
    public async Task ClientThatIsNotKnown_IsNamed_WithThoseThatAre()
    {
        var (exit, output) = await RunAsync([Path.Combine(InstalledClientsFactAttribute.Folder, "run.mjs"), "nobody"]);

        Assert.Equal(2, exit);
        Assert.Contains("nobody. There are: bytes, openai", output, StringComparison.Ordinal);
    }

    private static async Task<(int Exit, string Output)> RunAsync(IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("node", arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["CLIENTS_BUILT"] = AppContext.BaseDirectory;
        start.Environment["CLIENTS_NUGET"] = NuGet;
        // The programs look for the runtime where it is installed; this is where the tests' own is.
        var runtime = System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory();
        start.Environment["DOTNET_ROOT"] = Path.GetFullPath(Path.Combine(runtime, "..", "..", ".."));
        using var process = Process.Start(start)!;
        using var deadline = new CancellationTokenSource(Patience);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(deadline.Token);
            var errors = process.StandardError.ReadToEndAsync(deadline.Token);
            await process.WaitForExitAsync(deadline.Token);
            return (process.ExitCode, await output + await errors);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }
}

/// <summary>A fact that needs Node.js and the npm clients, which <c>make test</c> installs; skipped, and saying so, without.</summary>
public sealed class InstalledClientsFactAttribute : FactAttribute
{
    public static readonly string Folder = Path.Combine(Repository.Root, "tests", "clients");

    public InstalledClientsFactAttribute()
    {
        if (!Directory.Exists(Path.Combine(Folder, "node_modules", "openai")))
        {
            Skip = "needs Node.js and the clients of tests/clients (npm ci --omit=optional): none was run";
        }
    }
}
