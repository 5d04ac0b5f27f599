using Gateway.Policy.Model;

namespace Gateway.Policy.Evaluation;

/// <summary>What one failed control does to the decision. None of them lets the action pass; the zero value stops it at once.</summary>
public enum FailureEffect
{
    /// <summary>Block, and look no further.</summary>
    Stop = 0,
    Block = 1,

    /// <summary>A gap: a named human may approve over it; where no gate covers the action, nobody could, and it is blocked.</summary>
    ApprovalOrBlock = 2,
}

/// <summary>One row of the decision table.</summary>
/// <param name="Severity">Of the decision, at least.</param>
/// <param name="Escalates">Whether it is a critical failure: together with an open critical finding it blocks and opens an
/// incident.</param>
/// <param name="Because">For the documentation.</param>
public sealed record FailureRule(
    Control Control,
    ReasonCode Reason,
    FailureEffect Effect,
    Severity Severity,
    bool Escalates,
    string Because
);
