using Gateway.Policy.Compilation;
using Gateway.Policy.Evaluation;
using Gateway.Policy.Model;
using Gateway.Policy.Rules.Evaluation;

namespace Gateway.Authoring.Cases;

/// <summary>How one case went.</summary>
/// <param name="Source">Where the case begins.</param>
/// <param name="Actions">How many were judged.</param>
/// <param name="Failures">One for each action that got another answer; none for a case that passed.</param>
public sealed record CaseReport(string Name, SourcePosition Source, int Actions, IReadOnlyList<CaseFailure> Failures)
{
    public bool Passed => Failures.Count == 0;

    /// <summary>By the evaluator that judges live requests.</summary>
    public static CaseReport Run(PolicyCase one, Snapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(one);
        return Compare(
            one.Name,
            one.Source,
            one.Wanted,
            one.Intents.Select(asked => (asked.Source, CaseAnswer.From(Evaluator.Evaluate(snapshot, asked.Intent, one.Facts))))
        );
    }

    /// <summary>By the rules alone: approvals, delegations, brokers and limits are asked for by the verdict and not looked at.</summary>
    public static CaseReport Run(RuleCase one, RuleEngine engine)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(engine);
        return Compare(
            one.Name,
            one.Source,
            one.Wanted,
            one.Intents.Select(intent => (intent.Source, CaseAnswer.From(engine.Evaluate(intent.Intent, one.Facts))))
        );
    }

    private static CaseReport Compare(
        string name,
        SourcePosition source,
        WantedAnswer wanted,
        IEnumerable<(SourcePosition Source, CaseAnswer Answer)> answers
    )
    {
        var judged = answers.ToList();
        return new CaseReport(
            name,
            source,
            judged.Count,
            [
                .. judged
                    .Select(one => new CaseFailure(one.Source, CaseComparison.Compare(wanted, one.Answer)))
                    .Where(failure => failure.Differences.Count > 0),
            ]
        );
    }
}

/// <summary>One action of a case that got another answer than wanted.</summary>
/// <param name="Source">Where the action is written.</param>
public sealed record CaseFailure(SourcePosition Source, IReadOnlyList<CaseDifference> Differences);
