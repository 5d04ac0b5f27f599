using System.CommandLine;
using Gateway.Cli.Results;
using Gateway.Cli.Settings;

namespace Gateway.Cli.Commands;

/// <summary><c>gateway policy validate</c>: every error at once, with its place and how to mend it.</summary>
internal sealed class PolicyValidateCommand : LeafCommand
{
    private readonly Argument<string> _folder = FolderArgument.Of(
        "DIR",
        "The folder of the documents; the configured one where it isn't given.",
        required: false
    );

    public PolicyValidateCommand(CommandConfiguration configuration)
        : base(
            configuration,
            "validate",
            "Compile the governance documents and show everything that is wrong with them.",
            "gateway policy validate governance"
        ) => Add(_folder);

    protected override Task<CommandResult> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var folder = parsed.GetValue(_folder) ?? LocalInstance.Open(Configuration).GovernanceFolder;
        var snapshot = Governance.Compile(folder, out var files);
        var agents = snapshot.Tenants.Sum(tenant => snapshot.Find(tenant)!.Agents.Count);
        return Task.FromResult(
            CommandResult.Ok(
                new()
                {
                    ["folder"] = folder,
                    ["files"] = files,
                    ["tenants"] = snapshot.Tenants.Count,
                    ["agents"] = agents,
                    ["revision"] = snapshot.Revision.ToString(),
                },
                $"{files} files, {snapshot.Tenants.Count} tenants, {agents} agents: no errors. Revision {snapshot.Revision}."
            )
        );
    }
}
