using System.CommandLine;
using Gateway.Cli.Arguments;
using Gateway.Cli.Results;
using Gateway.Cli.Settings;
using Gateway.Policy.Model;

namespace Gateway.Cli.Commands.Secrets;

/// <summary>
/// <c>gateway vault put</c>: stores a secret from the standard input. Never from an argument: those show in process lists and in the
/// shell's history.
/// </summary>
internal sealed class VaultPutCommand : LeafCommand
{
    private readonly VaultSecret _secret;

    public VaultPutCommand(CommandConfiguration configuration)
        : base(
            configuration,
            "put",
            "Store a secret, or replace it. Its value is read from the standard input.",
            "gateway vault put --tenant acme --path crm/prod --field token < token.txt"
        ) => _secret = new VaultSecret(this, reasonRequired: false);

    protected override async Task<CommandResult> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var (tenant, reference) = _secret.Read(parsed);
        var instance = LocalInstance.Open(Configuration);
        var keys = instance.LoadKeys();
        if (!Console.IsInputRedirected)
        {
            throw new InvalidInputException(
                "The value is read from the standard input, where a terminal is now.",
                "Give it a file or a program's output: " + Example
            );
        }

        var value = await SecretInput.ReadAsync(Console.OpenStandardInput(), cancellationToken);
        await using var change = await instance.BeginChangeAsync(
            keys,
            tenant,
            GovernedChange.SecretPut,
            FullName,
            _secret.Reason(parsed),
            cancellationToken
        );
        await change.Vault.PutAsync(tenant, reference, value, cancellationToken);
        await change.RecordAsync(cancellationToken);
        return CommandResult.Ok(
            new() { ["tenant"] = tenant.ToString(), ["reference"] = reference.ToString() },
            $"Stored {reference} of {tenant}."
        ) with
        {
            Warnings = keys.Warnings,
        };
    }
}
