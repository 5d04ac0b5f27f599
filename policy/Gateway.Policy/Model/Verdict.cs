namespace Gateway.Policy.Model;

/// <summary>
/// The four answers to an intent, the strictest first, so that the strictest of several is the smallest number
/// and a verdict that nobody set blocks.
/// </summary>
public enum Verdict
{
    Block = 0,
    RequireApproval = 1,
    Degrade = 2,
    Allow = 3,
}
