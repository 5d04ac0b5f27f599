using System.CommandLine;
using Gateway.Cli.Arguments;
using Gateway.Cli.Remote;
using Gateway.Cli.Settings;
using Gateway.Policy.Model;

namespace Gateway.Cli.Commands.Approvals;

/// <summary>Whose approvals a command is about, and where they are: here, or at another Gateway.</summary>
internal sealed class ApprovalsOf
{
    private readonly LeafCommand _command;
    private readonly Option<Id<Tenant>> _tenant = NameOptions.TenantOrProfile();
    private readonly ProfileOption _profile;

    public ApprovalsOf(LeafCommand command)
    {
        _command = command;
        command.Add(_tenant);
        _profile = new ProfileOption(command);
    }

    /// <exception cref="Results.InvalidInputException">Nobody says whose, or what says where can't be used.</exception>
    public IApprovals Open(ParseResult parsed, CommandConfiguration configuration)
    {
        var at = _profile.Find(parsed);
        var tenant = ProfileOption.TenantOf(parsed, _tenant, at);
        return at is null ? new LocalApprovals(configuration, tenant, _command.FullName) : new RemoteApprovals(at);
    }
}
