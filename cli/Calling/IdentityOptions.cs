using System.CommandLine;
using Gateway.Cli.Arguments;
using Gateway.Cli.Results;
using Gateway.Cli.Settings;
using Gateway.Policy.Model;

namespace Gateway.Cli.Calling;

/// <summary>The options that say whom a call is for; each is taken from the environment where it isn't given.</summary>
internal sealed class IdentityOptions
{
    private readonly Option<Id<Tenant>> _tenant = NameOptions.Of<Tenant>(
        "--tenant",
        "The tenant; GATEWAY_TENANT, or the key's own, where it isn't given."
    );
    private readonly Option<Id<Workspace>> _workspace = NameOptions.Of<Workspace>(
        "--workspace",
        "The workspace; GATEWAY_WORKSPACE where it isn't given."
    );
    private readonly Option<Id<Agent>> _agent = NameOptions.Of<Agent>("--agent", "The agent; GATEWAY_AGENT where it isn't given.");

    public IdentityOptions(Command command)
    {
        command.Add(_tenant);
        command.Add(_workspace);
        command.Add(_agent);
    }

    /// <param name="key">The tenant that the key is of.</param>
    public Id<Tenant> Tenant(ParseResult parsed, CommandConfiguration configuration, Id<Tenant> key) =>
        Read(parsed, _tenant, configuration, "GATEWAY_TENANT") is { IsEmpty: false } tenant ? tenant : key;

    public Id<Workspace> Workspace(ParseResult parsed, CommandConfiguration configuration) =>
        Demand(Read(parsed, _workspace, configuration, "GATEWAY_WORKSPACE"), "workspace", "GATEWAY_WORKSPACE");

    public Id<Agent> Agent(ParseResult parsed, CommandConfiguration configuration) =>
        Demand(Read(parsed, _agent, configuration, "GATEWAY_AGENT"), "agent", "GATEWAY_AGENT");

    private static Id<T> Read<T>(ParseResult parsed, Option<Id<T>> option, CommandConfiguration configuration, string setting)
    {
        if (parsed.GetValue(option) is { IsEmpty: false } given)
        {
            return given;
        }

        if (configuration.Find(setting) is not { } text)
        {
            return default;
        }

        return Id<T>.TryParse(text, out var id)
            ? id
            : throw new InvalidInputException($"{setting} holds no name.", "Use a-z, 0-9, '.', '_' and '-', a letter or digit first.");
    }

    private static Id<T> Demand<T>(Id<T> id, string what, string setting) =>
        id.IsEmpty
            ? throw new InvalidInputException($"The call doesn't say which {what} it is for.", $"Give --{what}, or set {setting}.")
            : id;
}
