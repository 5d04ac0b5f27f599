using Gateway.Policy.Rules.Documents;
using Gateway.Policy.Rules.Intents;

namespace Gateway.Policy.Rules.Evaluation;

/// <summary>
/// Bits for risk classes, target kinds and endpoint classes. A rule whose bits have none in common with an intent's can't match it in any
/// reading; one that has is matched in full.
/// </summary>
internal readonly record struct MatchMask(int Risk, int Kinds, int DestinationKinds, int Classes)
{
    private const int All = -1;
    private const int OtherRisk = 1 << 4;

    public static MatchMask Of(RuleMatch match)
    {
        var risk = match.RiskClasses.Count == 0 ? All : match.RiskClasses.Aggregate(0, (bits, word) => bits | RiskBit(word));
        var highest = RiskBit(RiskClasses.High) | RiskBit(RiskClasses.Critical);
        return new MatchMask(
            (risk & highest) != 0 ? risk | OtherRisk : risk, // An unknown class counts as the highest.
            Bits(RuleWords.TargetKinds, match.Targets.Kinds),
            Bits(RuleWords.TargetKinds, match.Targets.DestinationKinds),
            Bits(RuleWords.EndpointClasses, match.Targets.EndpointClasses)
        );
    }

    public static MatchMask Of(RuleIntent intent)
    {
        var (kinds, classes) = (0, 0);
        for (var i = 0; i < intent.Targets.Count; i++)
        {
            kinds |= RuleWords.TargetKinds.Bit(intent.Targets[i].Kind);
            classes |= RuleWords.EndpointClasses.Bit(intent.Targets[i].EndpointClass);
        }

        return new MatchMask(RiskBit(intent.Context.RiskClass), kinds, kinds, classes);
    }

    /// <summary>Whether a rule of this shape may match an intent of the other.</summary>
    public bool MayMatch(MatchMask intent) =>
        (Risk & intent.Risk) != 0
        && (Kinds == All || (Kinds & intent.Kinds) != 0)
        && (DestinationKinds == All || (DestinationKinds & intent.DestinationKinds) != 0)
        && (Classes == All || (Classes & intent.Classes) != 0);

    private static int RiskBit(string word) =>
        word switch
        {
            RiskClasses.Low => 1 << 0,
            RiskClasses.Medium => 1 << 1,
            RiskClasses.High => 1 << 2,
            RiskClasses.Critical => 1 << 3,
            _ => OtherRisk,
        };

    private static int Bits(RuleWordSet words, IReadOnlyList<string> list) =>
        list.Count == 0 ? All : list.Aggregate(0, (bits, word) => bits | words.Bit(word));
}
