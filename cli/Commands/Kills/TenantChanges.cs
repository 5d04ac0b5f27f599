using Gateway.Cli.Results;
using Gateway.Cli.Settings;
using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;

namespace Gateway.Cli.Commands.Kills;

/// <summary>One change of several tenants: each with its own log, open before anything is changed.</summary>
internal sealed class TenantChanges : IAsyncDisposable
{
    private readonly List<LocalChange> _begun = [];
    private readonly List<string> _problems = [];

    public IReadOnlyList<LocalChange> Begun => _begun;

    /// <summary>Why some tenants couldn't be changed.</summary>
    public IReadOnlyList<string> Problems => _problems;

    /// <param name="evenSome">Whether to go on where some can't be changed; never where none can.</param>
    /// <exception cref="InvalidInputException">Nothing can be changed, and nothing was.</exception>
    public static async Task<TenantChanges> BeginAsync(
        LocalInstance instance,
        InstanceKeys keys,
        IReadOnlyList<Id<Tenant>> tenants,
        GovernedChange kind,
        string program,
        string reason,
        bool evenSome,
        CancellationToken cancellationToken
    )
    {
        var changes = new TenantChanges();
        try
        {
            foreach (var tenant in tenants)
            {
                try
                {
                    changes._begun.Add(await instance.BeginChangeAsync(keys, tenant, kind, program, reason, cancellationToken));
                }
                catch (Exception e) when (evenSome && e is InvalidInputException or DurableStoreException)
                {
                    changes._problems.Add($"{tenant}: {e.Message}");
                }
            }

            return changes._begun.Count > 0 ? changes : throw Nothing(instance, changes._problems);
        }
        catch
        {
            await changes.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var change in _begun)
        {
            await change.DisposeAsync();
        }
    }

    private static InvalidInputException Nothing(LocalInstance instance, IReadOnlyList<string> problems) =>
        problems.Count > 0
            ? new(string.Join(" ", problems), "Nothing was changed.")
            : new(
                $"There is no store of any tenant in '{instance.StorePlace}', so no instance runs on that; nothing was changed.",
                "Name the instance's data folder by Gateway:Data:Path and its store by Gateway:Store, or run this where it runs."
            );
}
