using Gateway.Policy.Model;

namespace Gateway.Policy.Changes.Kinds;

/// <summary>The people of a gate say yes to exactly this action.</summary>
internal sealed record ObtainApproval(string Gate, string Text) : Change(ChangeKind.ObtainApproval, Text)
{
    public static ObtainApproval Of(ApprovalGate gate) => new(
        gate.Name,
        $"obtain {(gate.Quorum == 1 ? "the approval of one person" : $"the approval of {gate.Quorum} people")} from {string.Join(" or ", gate.ApproverGroups)} by the gate '{gate.Name}'");

    internal override Situation Apply(Situation situation) => situation.Approved(Gate);
}
