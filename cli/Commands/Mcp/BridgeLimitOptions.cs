using System.CommandLine;
using Gateway.Cli.Arguments;
using Gateway.Cli.Bridging;
using Gateway.Cli.Results;

namespace Gateway.Cli.Commands.Mcp;

/// <summary>Options that bound a bridge and its sessions.</summary>
internal sealed class BridgeLimitOptions
{
    private static readonly BridgeLimits Default = new();
    private static readonly TimeSpan Longest = TimeSpan.FromDays(7);

    private readonly Option<int> _sessions = new("--max-sessions")
    {
        Description = "Sessions at once, each with a program of its own.",
        DefaultValueFactory = _ => Default.Sessions,
    };
    private readonly Option<int> _bytes = new("--max-message-bytes")
    {
        Description = "The most bytes of a message, either way.",
        DefaultValueFactory = _ => Default.MessageBytes,
    };
    private readonly Option<int> _lines = new("--error-lines")
    {
        Description = "Lines of a program's standard error that are shown, a session.",
        DefaultValueFactory = _ => Default.ErrorLines,
    };
    private readonly Option<TimeSpan?> _start = DurationOption.Create("--start-time", "Until initialize is answered; without it 60s.");
    private readonly Option<TimeSpan?> _call = DurationOption.Create("--call-time", "Until a call is answered; without it 10m.");
    private readonly Option<TimeSpan?> _idle = DurationOption.Create("--idle-time", "A session without a message ends; without it 1h.");
    private readonly Option<TimeSpan?> _stop = DurationOption.Create("--stop-time", "To end once the input has ended; without it 5s.");

    public IEnumerable<Option> Options => [_sessions, _bytes, _lines, _start, _call, _idle, _stop];

    /// <exception cref="InvalidInputException">A number is out of bounds.</exception>
    public BridgeLimits Read(ParseResult parsed) =>
        new()
        {
            Sessions = Number(parsed, _sessions, 1, 10_000),
            MessageBytes = Number(parsed, _bytes, 1024, 1 << 28),
            ErrorLines = Number(parsed, _lines, 0, 1_000_000),
            StartTime = Time(parsed, _start, Default.StartTime),
            CallTime = Time(parsed, _call, Default.CallTime),
            IdleTime = Time(parsed, _idle, Default.IdleTime),
            StopTime = Time(parsed, _stop, Default.StopTime),
        };

    public static int Number(ParseResult parsed, Option<int> option, int least, int most) =>
        parsed.GetValue(option) is var given && given >= least && given <= most
            ? given
            : throw new InvalidInputException($"{option.Name} is from {least} to {most}.", "Leave it out for the default.");

    public static TimeSpan Time(ParseResult parsed, Option<TimeSpan?> option, TimeSpan otherwise) =>
        (parsed.GetValue(option) ?? otherwise) is var given && given > TimeSpan.Zero && given <= Longest
            ? given
            : throw new InvalidInputException($"{option.Name} is from 1s to 7d.", "Leave it out for the default.");
}
