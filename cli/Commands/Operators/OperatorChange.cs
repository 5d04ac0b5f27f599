using System.CommandLine;
using System.Text.Json.Nodes;
using Gateway.Cli.Arguments;
using Gateway.Cli.Remote;
using Gateway.Cli.Results;

namespace Gateway.Cli.Commands.Operators;

/// <summary>
/// The options of a change of who works with Gateway, and the change itself: by an administrator who proves anew, by password, who they
/// are, and of what they read just before.
/// </summary>
internal sealed class OperatorChange
{
    private readonly Argument<string> _name = NameArgument();
    private readonly Option<string> _reason = ReasonOption.Create(required: true);
    private readonly ProfileOption _profile;

    public OperatorChange(LeafCommand command)
    {
        command.Add(_name);
        command.Add(_reason);
        _profile = new ProfileOption(command);
    }

    public static Argument<string> NameArgument() => NoOption.Argument("NAME", "The operator's.");

    public static string PathOf(string name) => "/operators/" + PathPart.Of(name, "operator");

    /// <param name="take">Puts into the body what is wanted, and asks for what a body needs beside; the administrator's own password is
    /// asked first.</param>
    public Task<CommandResult> AddAsync(ParseResult parsed, Func<JsonObject, Questions, Task> take, CancellationToken cancellationToken) =>
        SendAsync(
            parsed,
            async (api, body, questions) =>
            {
                var name = PathPart.Of(parsed.GetRequiredValue(_name), "operator");
                body["name"] = name;
                await take(body, questions);
                var answer = await api.SendAsync(HttpMethod.Post, "/operators", body, version: null, cancellationToken);
                return Shown(answer.Read<OperatorView>());
            },
            cancellationToken
        );

    /// <inheritdoc cref="AddAsync"/>
    public Task<CommandResult> PatchAsync(
        ParseResult parsed,
        Func<JsonObject, Questions, Task> take,
        CancellationToken cancellationToken
    ) =>
        SendAsync(
            parsed,
            async (api, body, questions) =>
            {
                var path = PathOf(parsed.GetRequiredValue(_name));
                var version = (await api.GetAsync(path, cancellationToken)).Version;
                await take(body, questions);
                return Shown((await api.SendAsync(HttpMethod.Patch, path, body, version, cancellationToken)).Read<OperatorView>());
            },
            cancellationToken
        );

    public Task<CommandResult> RemoveAsync(ParseResult parsed, CancellationToken cancellationToken) =>
        SendAsync(
            parsed,
            async (api, body, _) =>
            {
                var name = parsed.GetRequiredValue(_name);
                var version = (await api.GetAsync(PathOf(name), cancellationToken)).Version;
                await api.SendAsync(HttpMethod.Delete, PathOf(name), body, version, cancellationToken);
                return CommandResult.Ok(new() { ["name"] = name }, $"{name} is removed, with every token and session.");
            },
            cancellationToken
        );

    private async Task<CommandResult> SendAsync(
        ParseResult parsed,
        Func<OperatorsApi, JsonObject, Questions, Task<CommandResult>> sendAsync,
        CancellationToken cancellationToken
    )
    {
        _ = PathOf(parsed.GetRequiredValue(_name)); // Before anybody types a password for nothing.
        var (reason, questions) = (ReasonOption.Read(parsed, _reason), new Questions());
        await using var session = await OperatorSession.BeginAsync(_profile.Demand(parsed), questions, cancellationToken);
        return await sendAsync(session.Api, new JsonObject { ["reason"] = reason }, questions);
    }

    private static CommandResult Shown(OperatorView after) => CommandResult.Ok(after.Json(), after.Line());
}
