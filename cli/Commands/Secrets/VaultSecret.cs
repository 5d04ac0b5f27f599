using System.CommandLine;
using Gateway.Cli.Arguments;
using Gateway.Cli.Results;
using Gateway.Policy.Model;

namespace Gateway.Cli.Commands.Secrets;

/// <summary>The options that name one secret of the local vault.</summary>
internal sealed class VaultSecret
{
    private readonly Option<Id<Tenant>> _tenant = NameOptions.Tenant();
    private readonly Option<string> _path = new("--path") { Description = "Where it lies, such as crm/prod.", Required = true };
    private readonly Option<string> _field = new("--field") { Description = "Which field of it, such as token.", Required = true };

    private readonly Option<string> _reason;

    /// <param name="reasonRequired">As <see cref="ReasonOption.Create"/>.</param>
    public VaultSecret(Command command, bool reasonRequired)
    {
        _reason = ReasonOption.Create(reasonRequired);
        command.Add(_tenant);
        command.Add(_path);
        command.Add(_field);
        command.Add(_reason);
    }

    /// <inheritdoc cref="ReasonOption.Read"/>
    public string Reason(ParseResult parsed) => ReasonOption.Read(parsed, _reason);

    /// <exception cref="InvalidInputException">The path or the field isn't one.</exception>
    public (Id<Tenant> Tenant, CredentialReference Reference) Read(ParseResult parsed)
    {
        var text = $"vault://local/{parsed.GetRequiredValue(_path)}#{parsed.GetRequiredValue(_field)}";
        return CredentialReference.TryParse(text, out var reference)
            ? (parsed.GetRequiredValue(_tenant), reference!)
            : throw new InvalidInputException(
                "The path or the field isn't one.",
                "A path is one or more segments of A-Z, a-z, 0-9, '.', '_' and '-' with slashes between; a field is one such segment."
            );
    }
}
