using System.Text.Json.Nodes;
using Gateway.Cli.Results;
using Gateway.Connectors.Contracts;
using Spectre.Console;

namespace Gateway.Cli.Arguments;

/// <summary>
/// What a command asks whoever runs it: at a terminal one question after the other, otherwise a line each of the standard input. Never an
/// argument: passwords and tokens are among it.
/// </summary>
internal sealed class Questions
{
    private readonly Queue<string> _lines = new();
    private bool _isRead;

    public Task<string> AskAsync(string question, CancellationToken cancellationToken) =>
        AnswerAsync(question, new TextPrompt<string>(question + ":"), cancellationToken);

    /// <exception cref="InvalidInputException">There is no line for it, or it is no text.</exception>
    public async Task<Secret> AskSecretAsync(string question, CancellationToken cancellationToken) =>
        new(await AnswerAsync(question, new TextPrompt<string>(question + ":").Secret(mask: null), cancellationToken));

    /// <summary>Puts the answer into a body that is sent, and nowhere else.</summary>
    /// <inheritdoc cref="AskSecretAsync"/>
    public async Task PutSecretAsync(JsonObject body, string member, string question, CancellationToken cancellationToken) =>
        body[member] = (await AskSecretAsync(question, cancellationToken)).Reveal();

    private async Task<string> AnswerAsync(string question, TextPrompt<string> prompt, CancellationToken cancellationToken)
    {
        if (!Console.IsInputRedirected)
        {
            // Beside the answer, which a program may read.
            var terminal = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
            return await terminal.PromptAsync(prompt, cancellationToken);
        }

        if (!_isRead)
        {
            _isRead = true;
            var all = await SecretInput.ReadAsync(Console.OpenStandardInput(), cancellationToken);
            foreach (var line in all.Reveal().Split('\n'))
            {
                _lines.Enqueue(line.TrimEnd('\r'));
            }
        }

        return _lines.TryDequeue(out var next) && next.Length > 0
            ? next
            : throw new InvalidInputException($"The standard input has no line for '{question}'.", "Send a line for each that is asked.");
    }
}
