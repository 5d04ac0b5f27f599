using Gateway.Policy.Model;
using Gateway.Policy.Rules.Intents;

namespace Gateway.Policy.Compilation;

/// <summary>
/// What the last decision about one operation of one agent made, for the next one that comes to the same: most of what a decision would
/// otherwise allocate. Each value is immutable and is compared before it is used, so that it never changes a decision. Any thread may
/// replace one.
/// </summary>
public sealed class ActionMemory
{
    public DecisionPath? Path { get; set; }

    public RememberedIntent? Intent { get; set; }
}

/// <summary>An action as rules saw it, and the documents that it was made from.</summary>
public sealed record RememberedIntent(RuleIntent Intent, Connector? Connector, Operation? Operation);
