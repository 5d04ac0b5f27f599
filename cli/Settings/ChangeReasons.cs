using Gateway.Cli.Results;
using Gateway.Policy.Model;

namespace Gateway.Cli.Settings;

/// <summary>Which changes of a tenant's can't be made without a reason: those that its document names.</summary>
internal static class ChangeReasons
{
    /// <summary>Where nobody can tell what the tenant's document names, a reason is needed.</summary>
    /// <exception cref="InvalidInputException">A reason is needed, and there is none.</exception>
    public static void Demand(string governanceFolder, Id<Tenant> tenant, GovernedChange kind, string reason)
    {
        if (reason.Length > 0 || !HasDocuments(governanceFolder))
        {
            return;
        }

        var word = Vocabulary.Change.Text(kind);
        try
        {
            if (Governance.Compile(governanceFolder).Find(tenant)?.Tenant.ReasonsFor.Contains(kind) != true)
            {
                return;
            }
        }
        catch (InvalidInputException)
        {
            throw new InvalidInputException(
                $"The governance documents in '{governanceFolder}' can't be used, so nobody knows whether '{word}' needs a reason.",
                "Say why with --reason, or mend the documents: 'gateway policy validate' says what is wrong with them."
            );
        }

        throw new InvalidInputException(
            $"The tenant '{tenant}' wants a reason for '{word}': its document names it in reasonsFor.",
            "Say why with --reason."
        );
    }

    private static bool HasDocuments(string folder) => Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any();
}
