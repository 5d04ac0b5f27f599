using System.Diagnostics;
using Gateway.Connectors.Vaults;
using Gateway.Testing;

namespace Gateway.Cli.Tests;

/// <summary>
/// A working directory with governance documents and keys of its own, in which the built command is run as a process. The data folder is
/// <c>data</c> in it.
/// </summary>
internal sealed class CommandFolder : IDisposable
{
    private static readonly string[] Inherited =
    [
        "DOTNET_ENVIRONMENT",
        "ASPNETCORE_ENVIRONMENT",
        "ASPNETCORE_URLS",
        "DATA_ENCRYPTION_KEY",
        "DECISION_SIGNING_KEY",
        "BEARER_KEY_PEPPER",
        "LOG_SIGNING_KEY",
        "MASTER_KEY",
    ];

    private readonly TemporaryDirectory _folder = new();
    private readonly System.Collections.Concurrent.ConcurrentBag<int> _started = [];

    private string? _link;

    public CommandFolder()
        : this(configured: true) { }

    private CommandFolder(bool configured)
    {
        if (!configured)
        {
            return;
        }

        Directory.CreateDirectory(Governance);
        foreach (var file in Directory.GetFiles(Path.Combine(Repository.Root, "samples", "governance")))
        {
            File.Copy(file, Path.Combine(Governance, Path.GetFileName(file)));
        }

        Settings["Gateway__Governance__Path"] = "governance";
        foreach (var (setting, value) in KeyGenerator.Generate())
        {
            Settings[setting] = value.Reveal();
        }
    }

    /// <summary>A folder with nothing in it, where nothing of an instance is set up.</summary>
    public static CommandFolder Empty() => new(configured: false);

    /// <summary>The environment of every run; without the keys there are none.</summary>
    public Dictionary<string, string> Settings { get; } = [];

    /// <summary>What is run: as it was built, unless a test puts another in its place.</summary>
    public string Command { get; set; } = GatewayProgram.Path;

    /// <summary>What stands in front of the program, such as one that runs it elsewhere; nothing unless a test says so.</summary>
    public IReadOnlyList<string> Prefix { get; set; } = [];

    public string Root => _folder.Path;

    public string Data => Path.Combine(_folder.Path, "data");

    public string Governance => Path.Combine(_folder.Path, "governance");

    public string FileOf(string name) => _folder.File(name);

    /// <summary>Runs a command that is typed with single blanks between its words.</summary>
    public Task<CommandRun> RunAsync(string command, string? input = null) => RunAsync(command.Split(' '), input);

    public Task<CommandRun> RunAsync(string[] args, string? input = null) => RunAsync(Start(args), input);

    /// <summary>Runs a command as a shell does, which closes or redirects its streams.</summary>
    public Task<CommandRun> RunByShellAsync(string command) =>
        RunAsync(StartProgram("sh", "-c", $"exec dotnet '{Command}' {command}"), input: null);

    private static async Task<CommandRun> RunAsync(Process started, string? input)
    {
        using var process = started;
        if (input is not null)
        {
            await process.StandardInput.WriteAsync(input);
        }

        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(1));
        return new CommandRun(process.ExitCode, await output, await error);
    }

    public Process Start(params string[] args) => _link is { } link ? StartProgram(link, args) : StartProgram("dotnet", [Command, .. args]);

    /// <summary>From now on the command is run through a link of this name.</summary>
    public void Link(string name)
    {
        _link = FileOf(name);
        File.CreateSymbolicLink(_link, Path.Combine(GatewayProgram.Folder, OperatingSystem.IsWindows() ? "gateway.exe" : "gateway"));

        // The program looks for the runtime where it is installed; this is where the tests' own is.
        var runtime = System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory();
        Settings["DOTNET_ROOT"] = Path.GetFullPath(Path.Combine(runtime, "..", "..", ".."));
    }

    private static bool IsInherited(string name) => name.StartsWith("GATEWAY_", StringComparison.Ordinal) || Inherited.Contains(name);

    private Process StartProgram(string program, params string[] args)
    {
        string[] line = [.. Prefix, program, .. args];
        var start = new ProcessStartInfo(line[0])
        {
            WorkingDirectory = _folder.Path,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(IsInherited).ToList())
        {
            start.Environment.Remove(name);
        }

        start.Environment["XDG_CONFIG_HOME"] = FileOf("config"); // Nobody's own profiles count.
        foreach (var (name, value) in Settings)
        {
            start.Environment[name] = value;
        }

        foreach (var arg in line.Skip(1))
        {
            start.ArgumentList.Add(arg);
        }

        var process = Process.Start(start)!;
        _started.Add(process.Id);
        return process;
    }

    /// <summary>The files under the data folder that hold the text, as UTF-8 anywhere in their bytes.</summary>
    public IReadOnlyList<string> FilesWith(string text)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(text);
        return
        [
            .. Directory
                .EnumerateFiles(Data, "*", SearchOption.AllDirectories)
                .Where(file => File.ReadAllBytes(file).AsSpan().IndexOf(bytes) >= 0),
        ];
    }

    /// <summary>Ends what a failed test left running, too.</summary>
    public void Dispose()
    {
        foreach (var id in _started)
        {
            try
            {
                using var process = Process.GetProcessById(id);
                process.Kill();
                process.WaitForExit();
            }
            catch (ArgumentException)
            {
                // It has ended, as it should.
            }
        }

        _folder.Dispose();
    }
}
