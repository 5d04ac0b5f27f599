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
