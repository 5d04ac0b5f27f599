namespace Gateway.Policy.Rules.Documents;

/// <summary>What holds for an intent of several steps.</summary>
/// <param name="MaxSteps">More are blocked; 0 for the format's own 64.</param>
/// <param name="RequireApprovalAbove">More need approval; 0 for no such limit.</param>
/// <param name="BlockMixedRisk">Steps of different risk in one script are blocked.</param>
public sealed record ScriptLimits(int MaxSteps = 0, int RequireApprovalAbove = 0, bool BlockMixedRisk = false)
{
    /// <value>The most steps that an intent may have at all.</value>
    public const int MostSteps = 64;
}
