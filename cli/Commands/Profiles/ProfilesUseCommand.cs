using System.CommandLine;
using Gateway.Cli.Remote;
using Gateway.Cli.Results;
using Gateway.Cli.Settings;

namespace Gateway.Cli.Commands.Profiles;

/// <summary><c>gateway profiles use</c>: which Gateway counts where a command names none.</summary>
internal sealed class ProfilesUseCommand : LeafCommand
{
    private readonly Argument<string> _name = ProfileName.Argument(orLocal: true);

    public ProfilesUseCommand(CommandConfiguration configuration)
        : base(
            configuration,
            "use",
            $"Say which Gateway counts where a command names none: a profile's, or '{RemoteProfile.Local}', this machine's.",
            "gateway profiles use prod"
        ) => Add(_name);

    protected override Task<CommandResult> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var name = parsed.GetRequiredValue(_name);
        var file = ProfileFile.Read();
        file.Current = name == RemoteProfile.Local ? "" : name;
        var place = name == RemoteProfile.Local ? "the instance of this machine" : file.Find(name).Address;
        file.Write();
        return Task.FromResult(
            CommandResult.Ok(new() { ["name"] = name }, $"From now on commands work on {place}, unless --profile says otherwise.")
        );
    }
}
