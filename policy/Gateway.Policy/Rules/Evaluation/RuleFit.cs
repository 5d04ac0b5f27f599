namespace Gateway.Policy.Rules.Evaluation;

/// <summary>
/// Whether a rule is about an intent. What can't be told counts wherever that restricts and nowhere else: it tightens the verdict, never
/// ends the search, and never grants. Unset is that.
/// </summary>
internal enum RuleFit
{
    /// <summary>An unknown risk class, a condition in error, or selectors that only different targets satisfy.</summary>
    Uncertain = 0,
    No = 1,
    Certain = 2,
}
