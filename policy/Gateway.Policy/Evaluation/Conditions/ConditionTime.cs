using Gateway.Cel.Values;

namespace Gateway.Policy.Evaluation.Conditions;

/// <summary>The moment of judging as conditions read it.</summary>
internal static class ConditionTime
{
    /// <summary>Unset where there is no moment.</summary>
    public static CelValue Of(ActionProfile action) =>
        action.Facts.Now == default ? default : CelValue.From(CelTimestamp.From(action.Facts.Now));
}
