using System.Diagnostics;
using Gateway.Cli.Results;

namespace Gateway.Cli.Bridging;

/// <summary>Which program a session starts, and with what.</summary>
/// <param name="CommandLine">The program and its arguments.</param>
/// <param name="Names">Variables of the bridge's environment that it gets beside <see cref="Always"/>.</param>
/// <param name="Sandbox">Null for none.</param>
internal sealed record ProgramOptions(
    IReadOnlyList<string> CommandLine,
    IReadOnlyList<string> Names,
    ProgramLimits Limits,
    Sandbox? Sandbox
)
{
    /// <summary>What a program hardly runs without, and what holds no secret.</summary>
    private static readonly string[] Always = ["PATH", "HOME", "LANG", "TMPDIR"];

    /// <summary>Waits until the bridge has had it watched over, and then becomes the program.</summary>
    private const string Gate = """read -r _ || exit 1; unset PWD OLDPWD SHLVL; exec "$@" """;

    /// <summary>
    /// A session and a process group of its own, limits, the gate, the sandbox, the program. All of these become one another, so that the
    /// process that is started is the program in the end.
    /// </summary>
    /// <param name="mark">A variable, <c>name=value</c>, by which whatever the program starts is found again.</param>
    public ProcessStartInfo ToStart(string mark)
    {
        var start = new ProcessStartInfo("setsid")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        string[] line = [.. Limits.CommandLine(), "/bin/sh", "-c", Gate, ProgramName.Own, .. Sandbox?.CommandLine() ?? [], .. CommandLine];
        foreach (var argument in line)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var name in start.Environment.Keys.Where(name => !Always.Contains(name) && !Names.Contains(name)).ToList())
        {
            start.Environment.Remove(name);
        }

        var split = mark.IndexOf('=', StringComparison.Ordinal);
        start.Environment[mark[..split]] = mark[(split + 1)..];
        return start;
    }

    /// <summary>That what it takes is here, so that the first client needn't find out.</summary>
    /// <exception cref="InvalidInputException">A program is missing, or a variable isn't set.</exception>
    public void Check()
    {
        var environment = new ProcessStartInfo().Environment;
        foreach (var tool in (string[])["setsid", "prlimit"])
        {
            Demand(environment, tool, "It takes Linux with util-linux: apt install util-linux");
        }

        if (Sandbox is not null)
        {
            Demand(environment, Sandbox.Program, "Install bubblewrap (apt install bubblewrap), or leave out --sandbox.");
        }

        Demand(environment, CommandLine[0], "Name a program of the search path, or its whole path, behind '--'.");
        foreach (var name in Names.Where(name => !environment.ContainsKey(name)))
        {
            throw new InvalidInputException(
                $"There is no environment variable '{name}' here.",
                "Set it, or leave out its --env. Values are never given as arguments: those show in process lists."
            );
        }
    }

    private static void Demand(IDictionary<string, string?> environment, string program, string remedy)
    {
        var folders = program.Contains('/', StringComparison.Ordinal) ? [""] : environment["PATH"]?.Split(':') ?? [];
        if (!folders.Select(folder => Path.Combine(folder, program)).Any(IsProgram))
        {
            throw new InvalidInputException($"There is no program '{Printable.Line(program)}' that can be run here.", remedy);
        }
    }

    private static bool IsProgram(string path) =>
        File.Exists(path)
        && !OperatingSystem.IsWindows()
        && (File.GetUnixFileMode(path) & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) != 0;
}
