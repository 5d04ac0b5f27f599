using Gateway.Evidence.Log;
using Gateway.Evidence.Log.Files;
using Gateway.Evidence.Records;
using Gateway.Evidence.Snapshots;
using Gateway.Policy.Compilation;
using Gateway.Policy.Model;
using Gateway.Proxy.Configuration;

namespace Gateway.Proxy.Evidence;

/// <summary>
/// Keeps each governance beside the journal, and puts it on record there, before anything is judged by it: so that what was judged can be
/// derived again, and who changed what a tenant is judged by can be seen.
/// </summary>
public sealed partial class GovernanceKeeping(JournalOptions options, TenantJournals journals, ILogger<GovernanceKeeping> logger)
{
    /// <value>Documents, or errors, that a record names. The revision covers all of them.</value>
    private const int MostNamed = 200;

    /// <value>A disk that hangs must not hold up the others' documents.</value>
    private static readonly TimeSpan LongestAppend = TimeSpan.FromSeconds(10);

    private readonly KeptSnapshots _snapshots = new(options.Root);

    /// <exception cref="IOException">It can't be kept, and mustn't come into force.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    /// <exception cref="JournalUnavailableException">It can't be put on record, and mustn't come into force.</exception>
    /// <exception cref="OperationCanceledException">The same: the disk takes too long.</exception>
    internal async Task KeepAsync(CompiledTenant tenant, CancellationToken cancellationToken)
    {
        _snapshots.Keep(tenant.Governance);
        var difference = GovernanceDifference.Between(tenant.Before, tenant.Governance);
        var record = RecordOf(GovernedChange.GovernanceLoaded, tenant.Tenant, difference) with
        {
            Revision = tenant.Governance.Snapshot.Revision.ToString(),
            Details = Details(difference, []),
        };
        await JournalOf(tenant.Tenant).AppendAsync(record, Durability.Synced, LongestAppend).AsTask().WaitAsync(cancellationToken);
    }

    /// <summary>Does what it can: what is refused is so whether it is on record or not.</summary>
    internal async Task RejectAsync(RejectedTenant tenant, CancellationToken cancellationToken)
    {
        try
        {
            var difference = tenant.Documents.DifferenceFrom(tenant.InForce);
            var record = RecordOf(GovernedChange.GovernanceRejected, tenant.Tenant, difference) with
            {
                Revision = tenant.InForce?.Snapshot.Revision.ToString() ?? "",
                Details = Details(difference, tenant.Errors),
            };
            await JournalOf(tenant.Tenant).AppendAsync(record, Durability.Synced, LongestAppend).AsTask().WaitAsync(cancellationToken);
        }
        catch (Exception e)
            when (!cancellationToken.IsCancellationRequested
                && e is JournalUnavailableException or JournalCorruptException or ArgumentException or OperationCanceledException
            )
        {
            Log.NotRecorded(logger, tenant.Tenant, e);
        }
    }

    private JournalLog JournalOf(Id<Tenant> tenant) =>
        journals.Find(tenant) ?? throw new JournalUnavailableException($"The journal of '{tenant}' isn't open.");

    private static ChangeRecord RecordOf(GovernedChange kind, Id<Tenant> tenant, GovernanceDifference difference) =>
        new()
        {
            Kind = kind,
            Subject = tenant.ToString(),
            By = $"os:{Environment.UserName}",
            From = Environment.MachineName,
            Before = Named(difference.Before),
            After = Named(difference.After),
        };

    private static SortedDictionary<string, string> Named(SortedDictionary<string, Sha256Digest> documents)
    {
        var named = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, digest) in documents.Take(MostNamed))
        {
            named[name] = digest == default ? "has errors" : digest.ToString();
        }

        return named;
    }

    private static IReadOnlyList<string> Details(GovernanceDifference difference, IReadOnlyList<GovernanceError> errors)
    {
        var changed = difference.Before.Keys.Count(difference.After.ContainsKey);
        var (added, removed) = (difference.After.Count - changed, difference.Before.Count - changed);
        return
        [
            $"{added} documents added, {changed} changed, {removed} removed",
            .. errors.Take(MostNamed).Select(error => error.ToString()),
        ];
    }

    private static partial class Log
    {
        [LoggerMessage(8019, LogLevel.Error, "That the governance of tenant {Tenant} was refused could not be put on record")]
        public static partial void NotRecorded(ILogger logger, Id<Tenant> tenant, Exception exception);
    }
}
