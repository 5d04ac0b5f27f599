using System.Collections.Frozen;

namespace Gateway.Authoring.Changes;

/// <summary>The gates whose approvers are taken to have said yes, by name. Immutable.</summary>
internal sealed class ApprovalsGiven
{
    private readonly FrozenSet<string> _gates;

    private ApprovalsGiven(IEnumerable<string> gates) => _gates = gates.ToFrozenSet(StringComparer.Ordinal);

    public static ApprovalsGiven None { get; } = new([]);

    public int Count => _gates.Count;

    public bool Has(string gate) => _gates.Contains(gate);

    public ApprovalsGiven And(string gate) => new(_gates.Append(gate));
}
