namespace Gateway.Policy.Rules.Evaluation;

/// <summary>Whether the emergency stops are known. Unset blocks.</summary>
public enum KillSwitchStatus
{
    Unavailable = 0,
    NotUsed = 1,
    Known = 2,
}
