using Gateway.Policy.Model;
using Gateway.Policy.Rules.Evaluation;
using Gateway.Policy.Rules.Intents;

namespace Gateway.Authoring.Cases;

/// <summary>What somebody wants to be decided about one or more intents by a rule file. Immutable.</summary>
/// <param name="Intents">At least one: all must get the wanted answer. One that can't be read is blocked, and can be wanted so.</param>
/// <param name="Source">Where the case begins.</param>
public sealed record RuleCase(
    string Name,
    IReadOnlyList<RuleCaseIntent> Intents,
    RuleFacts Facts,
    WantedAnswer Wanted,
    SourcePosition Source
);

/// <summary>One of a case's intents.</summary>
/// <param name="Source">Where it is written.</param>
public sealed record RuleCaseIntent(IntentResult Intent, SourcePosition Source);
