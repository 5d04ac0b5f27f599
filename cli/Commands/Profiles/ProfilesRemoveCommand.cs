using System.CommandLine;
using Gateway.Cli.Remote;
using Gateway.Cli.Results;
using Gateway.Cli.Settings;

namespace Gateway.Cli.Commands.Profiles;

/// <summary><c>gateway profiles remove</c>: forgets a profile. Its token holds on until it is revoked where it is of.</summary>
internal sealed class ProfilesRemoveCommand : LeafCommand
{
    private readonly Argument<string> _name = ProfileName.Argument();

    public ProfilesRemoveCommand(CommandConfiguration configuration)
        : base(
            configuration,
            "remove",
            "Forget a profile. Revoke its token first, if nothing else uses it.",
            "gateway profiles remove prod"
        ) => Add(_name);

    protected override Task<CommandResult> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var name = parsed.GetRequiredValue(_name);
        var file = ProfileFile.Read();
        _ = file.Find(name);
        file.Profiles.Remove(name);
        file.Current = file.Current == name ? "" : file.Current;
        file.Write();
        return Task.FromResult(
            CommandResult.Ok(
                new() { ["name"] = name },
                $"Forgot {name}. Its token holds until it ends or is revoked: gateway tokens revoke."
            )
        );
    }
}
