using Gateway.Cli.Results;
using Gateway.Policy.Compilation;
using Gateway.Policy.Model;

namespace Gateway.Cli.Settings;

/// <summary>
/// What the tenants of an instance are entitled to by its documents. Who can read its files could copy them to where there is no instance,
/// so that the files' permissions are the wall; this holds whoever works where it is set up, administrators too, and puts it on record.
/// </summary>
/// <param name="governance">Null where the documents can't be used: nobody is entitled to anything.</param>
internal sealed class TenantEntitlements(Snapshot? governance)
{
    private readonly string _folder = "";

    private TenantEntitlements(Snapshot? governance, string folder)
        : this(governance) => _folder = folder;

    public static TenantEntitlements Of(LocalInstance instance)
    {
        try
        {
            return new(Governance.Compile(instance.GovernanceFolder), instance.GovernanceFolder);
        }
        catch (InvalidInputException)
        {
            return new(null, instance.GovernanceFolder);
        }
    }

    /// <param name="tenant">Empty for the only one there is.</param>
    /// <param name="what">Is wanted of the tenant, in a few words.</param>
    /// <exception cref="UseRefusedException">The tenant isn't entitled.</exception>
    /// <exception cref="InvalidInputException">There are several tenants, and none was named.</exception>
    public void Demand(Id<Tenant> tenant, Entitlement needed, string what)
    {
        if (governance is null)
        {
            throw new UseRefusedException(
                tenant,
                needed,
                what,
                new CommandError(
                    $"The governance documents in '{_folder}' can't be used, so nobody knows who is entitled to "
                        + $"'{Vocabulary.Entitlement.Text(needed)}'.",
                    "Mend them: 'gateway policy validate' says what is wrong with them."
                )
            );
        }

        var asked = tenant.IsEmpty ? OnlyOne(governance) : tenant;
        if (!governance.IsEntitled(asked, needed, out var missing))
        {
            throw new UseRefusedException(asked, needed, what, new CommandError(missing.Problem, missing.Remedy));
        }
    }

    private static Id<Tenant> OnlyOne(Snapshot governance) =>
        governance.Tenants is [var only]
            ? only
            : throw new InvalidInputException(
                "There are several tenants, and nobody said whose evidence it is.",
                $"Name one with --tenant: {string.Join(", ", governance.Tenants)}."
            );
}
