using Gateway.Policy.Model;

namespace Gateway.Policy.Evaluation;

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
