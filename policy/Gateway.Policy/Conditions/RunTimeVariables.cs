using Gateway.Cel.Values;
using Gateway.Policy.Actions;

namespace Gateway.Policy.Conditions;

/// <summary>What a condition may read of the session, of the clock and of what the durable store says of the agent.</summary>
internal static class RunTimeVariables
{
    public static IReadOnlyList<ConditionVariable> All { get; } =
    [
        new(
            "session.id",
            CelType.String,
            "the run that the agent says this belongs to; empty where it doesn't",
            action => CelValue.From(action.Intent.Session ?? "")
        ),
        new("time", CelType.Timestamp, "the moment of judging", Time),
        new(
            "facts.status",
            CelType.String,
            "the status in the durable store: `active`, `suspended`, `retired`, `draft`; empty where it says nothing",
            action => CelValue.From(ConditionWords.Of(action.Facts.Status))
        ),
        new(
            "facts.level",
            CelType.Int,
            "the level that it was demoted to at run time; 0 for no demotion",
            action => CelValue.From((long)(action.Facts.Level ?? 0))
        ),
    ];

    /// <summary>Unset where there is no moment.</summary>
    private static CelValue Time(ActionProfile action) =>
        action.Facts.Now == default ? default : CelValue.From(CelTimestamp.From(action.Facts.Now));
}
