using Gateway.Policy.Documents;
using Gateway.Policy.Model;

namespace Gateway.Policy.Compilation;

/// <summary>Refuses a term that the permission's connector gives no meaning: it would look like a limit and be none.</summary>
internal static class PermissionTerms
{
    public static void Check(ToolPermission permission, Connector connector, ErrorList errors)
    {
        if (permission.Transaction is not null && connector.Models.Count > 0)
        {
            errors.Add(
                permission.Source,
                "spec.transaction",
                $"The connector '{connector.Id}' serves models, whose calls have no amount.",
                "Remove transaction."
            );
        }

        if (permission.MaxTokens is not null && connector.Models.Count == 0)
        {
            errors.Add(
                permission.Source,
                "spec.maxTokens",
                $"The connector '{connector.Id}' serves no models.",
                "Remove maxTokens: it caps model calls only."
            );
        }
    }
}
