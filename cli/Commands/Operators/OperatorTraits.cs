using System.CommandLine;
using System.Text.Json.Nodes;
using Gateway.Cli.Arguments;

namespace Gateway.Cli.Commands.Operators;

/// <summary>What an operator is: their roles, the person, a password.</summary>
internal sealed class OperatorTraits
{
    private readonly Option<string> _roles;
    private readonly Option<string?> _person = new("--person")
    {
        Description = "The person, as governance documents name them.",
        HelpName = "name",
    };

    private readonly Option<bool> _password = new("--password") { Description = "Ask for a password that the operator signs in with." };

    /// <param name="isNew">Whether the operator has no roles yet.</param>
    public OperatorTraits(LeafCommand command, bool isNew)
    {
        _roles = RolesOption.Create(required: isNew);
        command.Add(_roles);
        command.Add(_person);
        command.Add(_password);
    }

    /// <summary>Whether anything is said at all.</summary>
    public bool IsAny(ParseResult parsed) =>
        parsed.GetValue(_roles) is not null || parsed.GetValue(_person) is not null || parsed.GetValue(_password);

    public async Task PutAsync(ParseResult parsed, JsonObject body, Questions questions, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(_roles) is not null)
        {
            body["roles"] = RolesOption.Read(parsed, _roles);
        }

        if (parsed.GetValue(_person) is { } person)
        {
            body["person"] = person;
        }

        if (parsed.GetValue(_password))
        {
            await questions.PutSecretAsync(body, "password", "The operator's new password", cancellationToken);
        }
    }
}
