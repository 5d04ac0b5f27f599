using System.Text.Json.Nodes;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Gateway.Cli.Results;

/// <summary>What came of a command: the same for people and, with <c>--json</c>, for programs.</summary>
internal sealed record CommandResult
{
    public required ExitCode Exit { get; init; }

    /// <summary>For programs.</summary>
    public JsonObject Data { get; init; } = [];

    /// <summary>For people, line by line and never wrapped; empty where the command has written its answer itself.</summary>
    public IReadOnlyList<string> Lines { get; init; } = [];

    /// <summary>For people, in front of the lines; null for none.</summary>
    public Table? Table { get; init; }

    /// <summary>For people, behind the table: trees and the like.</summary>
    public IReadOnlyList<IRenderable> Views { get; init; } = [];

    public IReadOnlyList<CommandError> Errors { get; init; } = [];

    /// <summary>Worth knowing, and no error; to the standard error stream, for people and programs alike.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    public static CommandResult Ok(JsonObject data, params IReadOnlyList<string> lines) =>
        new()
        {
            Exit = ExitCode.Ok,
            Data = data,
            Lines = lines,
        };

    public static CommandResult Refused(ExitCode exit, IReadOnlyList<CommandError> errors) => new() { Exit = exit, Errors = errors };

    public static CommandResult Refused(ExitCode exit, string message, string remedy = "") =>
        Refused(exit, [new CommandError(message, remedy)]);
}
