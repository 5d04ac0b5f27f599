using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using Gateway.Policy.Actions;
using Gateway.Policy.Documents;
using Gateway.Policy.Model;

namespace Gateway.Policy.Compilation;

/// <summary>
/// The compiled governance that one request is judged by, start to end. Immutable; made by the compiler and replaced as a whole.
/// Everything is looked up under its tenant, so that another tenant's things can't be found.
/// </summary>
public sealed class Snapshot
{
    private readonly FrozenDictionary<Id<Tenant>, TenantSnapshot> _tenants;

    public Snapshot(Sha256Digest revision, IEnumerable<TenantSnapshot> tenants, Snapshot? shadow = null)
    {
        Revision = revision;
        Shadow = shadow;
        _tenants = tenants.ToFrozenDictionary(t => t.Tenant.Id);
        Tenants = [.. _tenants.Keys.OrderBy(id => id.ToString(), StringComparer.Ordinal)];
    }

    /// <summary>
    /// The governance as it would be if the shadow documents were real; null where there are none. Nothing is ever allowed or refused by
    /// it, and it has no part in the revision.
    /// </summary>
    public Snapshot? Shadow { get; }

    /// <summary>Digest of the canonical documents: equal governance has equal revisions, however it is laid out in files.</summary>
    public Sha256Digest Revision { get; }

    /// <summary>In the order of their names.</summary>
    public IReadOnlyList<Id<Tenant>> Tenants { get; }

    /// <summary>By tenant, kind and name.</summary>
    public IReadOnlyList<GovernedDocument> Documents { get; internal init; } = [];

    /// <summary>Tenants of which there are documents, and none that can be in force: everything of theirs is refused.</summary>
    public IReadOnlySet<Id<Tenant>> Refused { get; private init; } = FrozenSet<Id<Tenant>>.Empty;

    internal Snapshot With(Snapshot shadow) => new(Revision, _tenants.Values, shadow) { Documents = Documents };

    /// <summary>
    /// The snapshots of tenants that were compiled each for itself, as one. Its shadow has the tenants that have shadow documents, and no
    /// other.
    /// </summary>
    /// <param name="each">In the order of the tenants' names, of which each is in one.</param>
    /// <param name="refused">Tenants that are in none, and should be.</param>
    public static Snapshot Join(IReadOnlyList<Snapshot> each, IEnumerable<Id<Tenant>> refused)
    {
        GovernedDocument[] documents = [.. each.SelectMany(one => one.Documents)];
        Snapshot[] shadows = [.. each.Select(one => one.Shadow).OfType<Snapshot>()];
        return new Snapshot(
            GovernedDocument.Revision(documents),
            All(each),
            shadows.Length == 0 ? null : new Snapshot(default, All(shadows))
        )
        {
            Documents = documents,
            Refused = refused.ToFrozenSet(),
        };
    }

    private static IEnumerable<TenantSnapshot> All(IEnumerable<Snapshot> each) => each.SelectMany(one => one._tenants.Values);

    /// <summary>Null when the tenant has no such document.</summary>
    public GovernedDocument? FindDocument(Id<Tenant> tenant, string kind, string name)
    {
        var wanted = new GovernedDocument(tenant, kind, name, default);
        var (from, to) = (0, Documents.Count - 1);
        while (from <= to)
        {
            var middle = from + ((to - from) / 2);
            var order = GovernedDocument.Compare(Documents[middle], wanted);
            if (order == 0)
            {
                return Documents[middle];
            }

            (from, to) = order < 0 ? (middle + 1, to) : (from, middle - 1);
        }

        return null;
    }

    /// <summary>Null when there is no such tenant.</summary>
    public TenantSnapshot? Find(Id<Tenant> tenant) => _tenants.GetValueOrDefault(tenant);

    /// <summary>
    /// Whether a tenant is entitled to a sensitive capability; false, with the line that would change it, also where there is no such
    /// tenant. Whoever offers one asks here, whatever the role of who wants it.
    /// </summary>
    public bool IsEntitled(Id<Tenant> tenant, Entitlement needed, [NotNullWhen(false)] out MissingEntitlement? missing)
    {
        missing = null;
        return Find(tenant) is { } found
            ? found.Tenant.IsEntitled(needed, out missing)
            : (missing = new MissingEntitlement(tenant, needed, null)) is null;
    }
}

/// <summary>One tenant's part of a snapshot. Immutable.</summary>
public sealed record TenantSnapshot
{
    public required Tenant Tenant { get; init; }

    /// <summary>Digest of its canonical documents, and of nobody else's: what its decisions are recorded with.</summary>
    public Sha256Digest Revision { get; init; }

    public required FrozenDictionary<Id<Workspace>, Workspace> Workspaces { get; init; }
    public required FrozenDictionary<Id<Agent>, AgentDossier> Agents { get; init; }
    public required FrozenDictionary<Id<Connector>, Connector> Connectors { get; init; }
    public required IReadOnlyList<ApprovalGate> Gates { get; init; }

    /// <summary>In the order of their names. No decision rests on them: what they make of an agent does.</summary>
    public IReadOnlyList<Trigger> Triggers { get; init; } = [];

    /// <summary>Those that stand in documents. No decision rests on them: what they stop isn't admitted.</summary>
    public KillSet Kills { get; init; } = KillSet.Empty;

    /// <summary>In the order of their names. No decision rests on them.</summary>
    public IReadOnlyList<NotificationChannel> Channels { get; init; } = [];

    /// <summary>The rules that stand beside the controls.</summary>
    public required PolicySet Policies { get; init; }

    /// <summary>Model connectors in the order of their names; which one serves a model is decided by the first offer that fits.</summary>
    public required IReadOnlyList<Connector> ModelConnectors { get; init; }

    /// <summary>An action of one of its agents, looked up in its documents.</summary>
    public ActionProfile ActionOf(AgentDossier dossier, Intent intent, Facts facts)
    {
        ArgumentNullException.ThrowIfNull(dossier);
        ArgumentNullException.ThrowIfNull(intent);
        var connector = Connectors.GetValueOrDefault(intent.Connector);
        return new ActionProfile(dossier, connector, Workspaces.GetValueOrDefault(dossier.Agent.Workspace), intent, facts);
    }

    /// <summary>
    /// The connector and offer for a model asked for at a door; false when nobody declares it. Two that fit are refused at load.
    /// </summary>
    public bool TryFindModel(ConnectorType type, ReadOnlySpan<char> model, out Connector? connector, out ModelOffer? offer)
    {
        for (var i = 0; i < ModelConnectors.Count; i++)
        {
            var candidate = ModelConnectors[i];
            if (candidate.Type != type)
            {
                continue;
            }

            for (var at = 0; at < candidate.Models.Count; at++)
            {
                if (candidate.Models[at].Fits(model))
                {
                    (connector, offer) = (candidate, candidate.Models[at]);
                    return true;
                }
            }
        }

        (connector, offer) = (null, null);
        return false;
    }
}
