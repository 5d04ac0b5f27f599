using Gateway.Policy.Model;

namespace Gateway.Authoring.Changes.Kinds;

/// <summary>The people of a gate say yes to exactly this action.</summary>
internal sealed record ObtainApproval(string Gate, string Text) : Change(ChangeKind.ObtainApproval, Text)
{
    /// <param name="atLeast">What a rule asks for; 0 where none does.</param>
    public static ObtainApproval Of(ApprovalGate gate, int atLeast) =>
        new(
            gate.Name,
            $"obtain the approval of {(Math.Max(gate.Quorum, atLeast) is var people && people == 1 ? "one person" : $"{people} people")} from {string.Join(" or ", gate.ApproverGroups)} by the gate '{gate.Name}'"
        );

    internal override Situation Apply(Situation situation) => situation.Approved(Gate);
}
