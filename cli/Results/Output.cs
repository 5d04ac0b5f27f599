using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Spectre.Console;

namespace Gateway.Cli.Results;

/// <summary>Writes a result: the envelope, or a table and lines. Colours appear on a terminal only.</summary>
/// <param name="json">Whether a program reads it.</param>
internal sealed class Output(bool json)
{
    /// <value>Columns where there is no terminal to ask: wide enough that no value is broken over two lines.</value>
    private const int FileWidth = 500;

    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <returns>The exit code as a number; that of a failure where the answer can't be written.</returns>
    public int Show(string command, CommandResult result)
    {
        try
        {
            Say("warning", Color.Yellow, result.Warnings);
            if (json)
            {
                StandardOutput.Writer.WriteLine(Envelope(command, result).ToJsonString(Readable));
            }
            else
            {
                ShowToPeople(result);
            }

            return (int)result.Exit;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            SayUnwritten(e);
            return (int)ExitCode.Failed;
        }
    }

    /// <summary>That the answer couldn't be written; to the standard error stream, unless that is what can't be.</summary>
    public static void SayUnwritten(Exception exception)
    {
        try
        {
            Console.Error.WriteLine($"error: The command's answer can't be written, whatever it did is done: {exception.Message}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Nobody can be told; the exit code says it.
        }
    }

    private static void ShowToPeople(CommandResult result)
    {
        if (result.Table is { } table)
        {
            To(StandardOutput.Writer, Console.IsOutputRedirected).Write(table);
        }

        foreach (var view in result.Views)
        {
            To(StandardOutput.Writer, Console.IsOutputRedirected).Write(view);
        }

        foreach (var line in result.Lines)
        {
            StandardOutput.Writer.WriteLine(Printable.Line(ProgramName.In(line)));
        }

        Say("error", Color.Red, [.. result.Errors.Select(error => error.ToString())]);
    }

    private static JsonObject Envelope(string command, CommandResult result) =>
        new()
        {
            ["ok"] = result.Exit == ExitCode.Ok,
            ["command"] = command,
            ["data"] = result.Data,
            ["errors"] = new JsonArray([.. result.Errors.Select(error => (JsonNode)error.ToJson())]),
        };

    private static void Say(string word, Color color, IReadOnlyList<string> texts)
    {
        foreach (var text in texts)
        {
            To(Console.Error, Console.IsErrorRedirected).Write(new Text(word, new Style(color)));
            Console.Error.WriteLine(": " + Printable.Lines(ProgramName.In(text)));
        }
    }

    private static IAnsiConsole To(TextWriter writer, bool redirected)
    {
        var console = AnsiConsole.Create(
            new AnsiConsoleSettings
            {
                Out = new AnsiConsoleOutput(writer),
                Ansi = redirected ? AnsiSupport.No : AnsiSupport.Detect,
                ColorSystem = redirected ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            }
        );
        if (redirected)
        {
            console.Profile.Width = FileWidth;
        }

        return console;
    }
}
