namespace Gateway.Policy.Evaluation;

/// <summary>What an ATF level's boundary says to an action. The zero value blocks.</summary>
internal enum BoundaryEffect
{
    Block = 0,
    RequireApproval = 1,
    Allow = 2,
}
