using Gateway.Policy.Compilation;
using Gateway.Policy.Model;

namespace Gateway.Authoring.Conformance;

/// <summary>What the decisions of a journal say about conformance. Filled once, read afterwards; not thread-safe.</summary>
public sealed class AtfRecords
{
    private readonly Dictionary<(Id<Tenant> Tenant, Id<Agent> Agent), RecordedAgent> _agents = [];

    /// <summary>The first thing that is wrong with the journal; null for nothing. Behind it nothing was read.</summary>
    public string? Problem { get; init; }

    /// <param name="record">Where it lies, as <c>log.index</c>.</param>
    public void Add(Intent intent, string record)
    {
        ArgumentNullException.ThrowIfNull(intent);
        var own = Of(intent.Tenant, intent.Agent);
        _agents[(intent.Tenant, intent.Agent)] = own with
        {
            Decisions = own.Decisions + 1,
            First = own.First ?? record,
            WithoutSession = own.WithoutSession ?? (string.IsNullOrEmpty(intent.Session) ? record : null),
            Bearer = own.Bearer ?? (intent.Strength == AuthStrength.Signed ? null : record),
        };
    }

    /// <summary>Of an agent without records, nothing.</summary>
    public RecordedAgent Of(Id<Tenant> tenant, Id<Agent> agent) =>
        _agents.GetValueOrDefault((tenant, agent)) ?? new RecordedAgent(0, null, null, null);

    /// <summary>The agents of a tenant that have records and no document, with the first record of each, in the order of names.</summary>
    public IReadOnlyList<(Id<Agent> Agent, string First)> Unregistered(TenantSnapshot tenant)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        return
        [
            .. _agents
                .Where(entry => entry.Key.Tenant == tenant.Tenant.Id && !tenant.Agents.ContainsKey(entry.Key.Agent))
                .Select(entry => (entry.Key.Agent, entry.Value.First!))
                .OrderBy(entry => entry.Agent.ToString(), StringComparer.Ordinal),
        ];
    }

    /// <summary>The same decisions of a journal in which something is wrong.</summary>
    public AtfRecords With(string? problem)
    {
        var copy = new AtfRecords { Problem = problem };
        foreach (var (key, value) in _agents)
        {
            copy._agents.Add(key, value);
        }

        return copy;
    }
}

/// <summary>What the journal's decisions say of one agent. Records are places, <c>log.index</c>; null where there is none.</summary>
/// <param name="First">The first of all.</param>
/// <param name="WithoutSession">The first that names no session.</param>
/// <param name="Bearer">The first that wasn't proven by a signature.</param>
public sealed record RecordedAgent(long Decisions, string? First, string? WithoutSession, string? Bearer);
