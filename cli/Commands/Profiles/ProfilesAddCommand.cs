using System.CommandLine;
using Gateway.Cli.Arguments;
using Gateway.Cli.Remote;
using Gateway.Cli.Results;
using Gateway.Cli.Settings;

namespace Gateway.Cli.Commands.Profiles;

/// <summary><c>gateway profiles add</c>: keeps where a Gateway is and by which token its operator works there.</summary>
internal sealed class ProfilesAddCommand : LeafCommand
{
    private readonly Argument<string> _name = ProfileName.Argument();
    private readonly Option<string> _address = EndpointOptions.Address(required: true);
    private readonly Option<string?> _ca = EndpointOptions.Ca();

    public ProfilesAddCommand(CommandConfiguration configuration)
        : base(
            configuration,
            "add",
            "Keep where a Gateway is, with an operator's token, which is asked for or read from the standard input.",
            "gateway profiles add prod --address https://gateway.example.com:8090 --ca ca.pem < token.txt"
        )
    {
        Add(_name);
        Add(_address);
        Add(_ca);
    }

    protected override async Task<CommandResult> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var name = parsed.GetRequiredValue(_name);
        var file = ProfileFile.Read();
        if (file.Profiles.ContainsKey(name))
        {
            throw new InvalidInputException(
                $"There is a profile '{name}' already.",
                $"Take another name, or remove that one first: gateway profiles remove {name}."
            );
        }

        var address = OperatorAddress.Parse(parsed.GetRequiredValue(_address), "--address");
        var ca = parsed.GetValue(_ca) is { } path ? Authorities.ReadFile(path) : "";
        var token = await new Questions().AskSecretAsync("Token", cancellationToken);
        var added = ProfileFile.Keep(name, OperatorAddress.Text(address), ca, token);
        return CommandResult.Ok(
            new()
            {
                ["name"] = name,
                ["address"] = OperatorAddress.Text(address),
                ["tenant"] = added.Tenant.ToString(),
            },
            $"Kept {name}: {OperatorAddress.Text(address)}, tenant {added.Tenant}. Try it: gateway approvals list --profile {name}."
        );
    }
}
