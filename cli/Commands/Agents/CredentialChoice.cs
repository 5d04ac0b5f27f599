using System.CommandLine;
using Gateway.Cli.Arguments;
using Gateway.Cli.Results;
using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;

namespace Gateway.Cli.Commands.Agents;

/// <summary>The options that say which credential is meant: its id, or an agent and the name that one of its own has.</summary>
internal sealed class CredentialChoice
{
    private readonly Option<string> _id = new("--id") { Description = "The credential's id, as 'list' shows it." };
    private readonly Option<Id<Agent>> _agent = NameOptions.Of<Agent>("--agent", "With --name: whose it is.");
    private readonly Option<Id<CredentialRecord>> _name = NameOptions.Of<CredentialRecord>("--name", "Its name, in the place of its id.");

    public CredentialChoice(Command command)
    {
        command.Add(_id);
        command.Add(_agent);
        command.Add(_name);
    }

    /// <summary>
    /// The one of the id, whether it holds or not; or those of the name that hold, the newest last: while one is replaced there are two.
    /// </summary>
    /// <exception cref="InvalidInputException">Neither is said, or both.</exception>
    public async Task<IReadOnlyList<CredentialRecord>> FindAsync(
        ParseResult parsed,
        IDurableStore store,
        Id<Tenant> tenant,
        CancellationToken cancellationToken
    )
    {
        var (id, agent, name) = (parsed.GetValue(_id), parsed.GetValue(_agent), parsed.GetValue(_name));
        if ((id is null) == name.IsEmpty || (id is null) == agent.IsEmpty)
        {
            throw new InvalidInputException("It isn't said which credential is meant.", "Give --id, or --agent and --name.");
        }

        if (id is not null)
        {
            return await store.FindCredentialAsync(tenant, id, cancellationToken) is { } one ? [one] : [];
        }

        var now = TimeProvider.System.GetUtcNow();
        return
        [
            .. (await store.ListCredentialsAsync(tenant, cancellationToken)).Where(record =>
                record.Agent == agent && record.Name == name.ToString() && CredentialView.StatusOf(record, now) == CredentialView.Active
            ),
        ];
    }

    /// <summary>What was asked for, as people wrote it.</summary>
    public string Text(ParseResult parsed) => parsed.GetValue(_id) ?? $"{parsed.GetValue(_name)}' of the agent '{parsed.GetValue(_agent)}";
}
