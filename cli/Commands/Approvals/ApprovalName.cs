using System.CommandLine;
using Gateway.Cli.Arguments;
using Gateway.Cli.Results;
using Gateway.Policy.Model;

namespace Gateway.Cli.Commands.Approvals;

/// <summary>Which approval a command is about.</summary>
internal static class ApprovalName
{
    public static Argument<string> Argument() => NoOption.Argument("ID", "The approval's, such as apr_….");

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
