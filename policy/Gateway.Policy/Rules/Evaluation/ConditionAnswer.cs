namespace Gateway.Policy.Rules.Evaluation;

/// <summary>What evaluating a rule's condition gave. Unset is an error.</summary>
public enum ConditionAnswer
{
    /// <summary>It couldn't be evaluated: an allow rule doesn't apply then, and a restricting rule does.</summary>
    Error = 0,
    False = 1,
    True = 2,
}
