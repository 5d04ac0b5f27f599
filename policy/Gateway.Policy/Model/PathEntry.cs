namespace Gateway.Policy.Model;

/// <summary>One step of a decision's path: which control, how it ended, on what, and the document that it rests on.</summary>
/// <param name="Reason">Why it failed; <see cref="ReasonCode.None"/> when it didn't.</param>
/// <param name="Inputs">The values that it read, such as <c>level=L2 action=external</c>: names and enums, never content.</param>
/// <param name="Source">Null where no document says anything about it.</param>
public readonly record struct PathEntry(Control Control, CheckOutcome Outcome, ReasonCode Reason, string Inputs, SourcePosition? Source);

/// <summary>How one check ended. Unset is a failure.</summary>
public enum CheckOutcome
{
    Fail = 0,
    Pass = 1,
    NotApplicable = 2,
}
