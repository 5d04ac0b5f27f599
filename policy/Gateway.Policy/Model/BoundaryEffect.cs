namespace Gateway.Policy.Model;

/// <summary>What an ATF level's boundary says to an action, the strictest first. The zero value blocks.</summary>
public enum BoundaryEffect
{
    Block = 0,
    RequireApproval = 1,
    Allow = 2,
}
