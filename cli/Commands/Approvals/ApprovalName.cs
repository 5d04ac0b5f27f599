using System.CommandLine;
using Gateway.Cli.Arguments;
using Gateway.Cli.Results;
using Gateway.Policy.Model;

namespace Gateway.Cli.Commands.Approvals;

/// <summary>Which approval a command is about.</summary>
internal sealed class ApprovalName
{
    private readonly Argument<string> _id = new("ID") { Description = "The approval's, such as apr_…." };
    private readonly Option<Id<Tenant>> _tenant = NameOptions.Tenant();

    public ApprovalName(LeafCommand command)
    {
        command.Add(_id);
        command.Add(_tenant);
    }

    public (Id<Tenant> Tenant, string Id) Read(ParseResult parsed) => (parsed.GetRequiredValue(_tenant), parsed.GetRequiredValue(_id));

    public static Option<string> ViewOption() =>
        new("--view")
        {
            Description = "The digest of what you were shown, as 'approvals show' says it.",
            Required = true,
            HelpName = "sha256",
        };

    public static InvalidInputException Missing(Id<Tenant> tenant, string id) =>
        new($"The tenant '{tenant}' has no approval '{id}'.", "List them: gateway approvals list.");
}
