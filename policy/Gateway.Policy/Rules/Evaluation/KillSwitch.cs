namespace Gateway.Policy.Rules.Evaluation;

/// <summary>The emergency stops as they are at the time of the decision. Immutable.</summary>
public sealed record KillSwitch(KillSwitchStatus Status, IReadOnlyList<KillSwitchEntry> Entries)
{
    /// <summary>There is no such thing here, and none is required.</summary>
    public static KillSwitch NotUsed { get; } = new(KillSwitchStatus.NotUsed, []);

    /// <summary>It is required and couldn't be read.</summary>
    public static KillSwitch Unavailable { get; } = new(KillSwitchStatus.Unavailable, []);
}
