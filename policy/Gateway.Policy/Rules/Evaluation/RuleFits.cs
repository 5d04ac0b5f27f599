namespace Gateway.Policy.Rules.Evaluation;

/// <summary>Several answers as one: all must hold.</summary>
internal static class RuleFits
{
    public static RuleFit And(RuleFit left, RuleFit right) =>
        left == RuleFit.No || right == RuleFit.No ? RuleFit.No
        : left == RuleFit.Certain && right == RuleFit.Certain ? RuleFit.Certain
        : RuleFit.Uncertain;

    public static RuleFit Of(bool holds) => holds ? RuleFit.Certain : RuleFit.No;

    /// <param name="surely">Holds beyond doubt.</param>
    /// <param name="perhaps">Holds if one reads it in the widest way.</param>
    public static RuleFit Of(bool surely, bool perhaps) =>
        surely ? RuleFit.Certain
        : perhaps ? RuleFit.Uncertain
        : RuleFit.No;
}
