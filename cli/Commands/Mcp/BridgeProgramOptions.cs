using System.CommandLine;
using Gateway.Cli.Arguments;
using Gateway.Cli.Bridging;
using Gateway.Cli.Results;

namespace Gateway.Cli.Commands.Mcp;

/// <summary>Options that say what a bridge starts, and what that may take of the machine.</summary>
internal sealed class BridgeProgramOptions
{
    private static readonly ProgramLimits Default = new();

    private readonly Option<string[]> _names = new("--env")
    {
        Description = "A variable of the environment that the program gets; beside it, PATH, HOME, LANG and TMPDIR only.",
        HelpName = "name",
    };
    private readonly Option<int> _memory = new("--memory")
    {
        Description = "MiB of data that a process of the program may have.",
        DefaultValueFactory = _ => (int)(Default.Memory >> 20),
    };
    private readonly Option<int> _processes = new("--max-processes")
    {
        Description = "Processes and threads of this user, all together; root has no such limit.",
        DefaultValueFactory = _ => (int)Default.Processes,
    };
    private readonly Option<int> _files = new("--max-files")
    {
        Description = "Open files of a process.",
        DefaultValueFactory = _ => (int)Default.Files,
    };
    private readonly Option<TimeSpan?> _cpu = DurationOption.Create("--cpu-time", "Processor time of a process; without it 1h.");
    private readonly Option<bool> _sandbox = new("--sandbox")
    {
        Description = "Run it in bubblewrap: it sees no other process, and can change nothing but --writable and a /tmp of its own.",
    };
    private readonly Option<string[]> _writable = new("--writable")
    {
        Description = "A folder that it may change; with --sandbox.",
        HelpName = "folder",
    };
    private readonly Option<bool> _offline = new("--no-network") { Description = "Without the network; with --sandbox." };

    public IEnumerable<Option> Options => [_names, _memory, _processes, _files, _cpu, _sandbox, _writable, _offline];

    public BridgeProgramOptions() =>
        // Or a misspelt option would be started as the program.
        CommandLine.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: ['-', ..] option }, ..])
            {
                result.AddError($"Unrecognized option '{option}'.");
            }
        });

    public Argument<string[]> CommandLine { get; } =
        new("COMMAND") { Description = "The program and its arguments, behind '--'.", Arity = ArgumentArity.OneOrMore };

    /// <exception cref="InvalidInputException">A number is out of bounds, or what belongs to a sandbox is given without one.</exception>
    public ProgramOptions Read(ParseResult parsed)
    {
        var names = parsed.GetValue(_names) ?? [];
        if (names.FirstOrDefault(name => name.Contains('=', StringComparison.Ordinal)) is not null)
        {
            throw new InvalidInputException(
                "--env takes a variable's name and no value.",
                "Set the variable where the bridge is started. Arguments show in process lists."
            );
        }

        return new ProgramOptions(parsed.GetRequiredValue(CommandLine), names, ReadLimits(parsed), ReadSandbox(parsed));
    }

    private ProgramLimits ReadLimits(ParseResult parsed) =>
        new()
        {
            Memory = (long)BridgeLimitOptions.Number(parsed, _memory, 16, 1 << 20) << 20,
            Processes = BridgeLimitOptions.Number(parsed, _processes, 1, 1 << 22),
            Files = BridgeLimitOptions.Number(parsed, _files, 16, 1 << 20),
            Cpu = BridgeLimitOptions.Time(parsed, _cpu, Default.Cpu),
        };

    private Sandbox? ReadSandbox(ParseResult parsed)
    {
        var (folders, isOffline) = (parsed.GetValue(_writable) ?? [], parsed.GetValue(_offline));
        if (!parsed.GetValue(_sandbox))
        {
            return folders.Length == 0 && !isOffline
                ? null
                : throw new InvalidInputException("--writable and --no-network hold nothing without a sandbox.", "Add --sandbox.");
        }

        return folders.FirstOrDefault(folder => !Directory.Exists(folder)) is { } missing
            ? throw new InvalidInputException($"There is no folder '{Printable.Line(missing)}' here.", "Make it first.")
            : new Sandbox([.. folders.Select(Path.GetFullPath)], HasNetwork: !isOffline);
    }
}
