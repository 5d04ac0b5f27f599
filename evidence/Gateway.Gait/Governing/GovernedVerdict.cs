using System.Text.Json.Nodes;
using Gateway.Gait.Artifacts;
using Gateway.Policy.Model;
using Gateway.Policy.Rules;

namespace Gateway.Gait.Governing;

/// <summary>What an agent's governance says of one call. Immutable. Unset blocks.</summary>
public sealed record GovernedVerdict
{
    public Verdict Verdict { get; private init; }

    /// <summary>Of the controls by Gateway's codes, of the governance's policies by their own; sorted, each once.</summary>
    public IReadOnlyList<string> ReasonCodes { get; private init; } = [];

    /// <summary>The gates whose approvers could approve it, by name. Nobody can here.</summary>
    public IReadOnlyList<string> Gates { get; private init; } = [];

    /// <summary>The level that the agent was judged at.</summary>
    public AtfLevel Level { get; private init; }

    /// <param name="unmet">Why it is blocked although the controls allow it; null for nothing.</param>
    internal static GovernedVerdict Of(Decision decision, string? unmet) =>
        new()
        {
            Verdict = unmet is null ? decision.Verdict : Verdict.Block,
            ReasonCodes = CodeList.Normalise([
                .. decision.Reasons.Select(reason => Reasons.Of(reason).Code),
                .. decision.Rules.Where(rule => rule.Verdict != Verdict.Allow).SelectMany(rule => rule.ReasonCodes),
                unmet ?? "",
            ]),
            Gates = [.. decision.Approvals.Select(gate => gate.Name)],
            Level = decision.Level,
        };

    /// <summary>Of two parts of one call: the stricter, with the reasons of both.</summary>
    internal GovernedVerdict And(GovernedVerdict other) =>
        new()
        {
            Verdict = RuleVerdicts.Stricter(Verdict, other.Verdict),
            ReasonCodes = CodeList.Merge(ReasonCodes, other.ReasonCodes),
            Gates = CodeList.Merge(Gates, other.Gates),
            Level = Level < other.Level ? Level : other.Level,
        };

    /// <summary>The codes that count as violations: those of whatever isn't plainly allowed.</summary>
    public IReadOnlyList<string> Violations => Verdict == Verdict.Allow ? [] : ReasonCodes;

    /// <summary>For an answer, beside the fields that Gait has.</summary>
    public JsonObject ToJson() =>
        new()
        {
            ["verdict"] = RuleVerdicts.Word(Verdict),
            ["reason_codes"] = ReasonCodes.ToJson(),
            ["approval_gates"] = Gates.ToJson(),
            ["level"] = Vocabulary.Level.Text(Level),
        };
}
