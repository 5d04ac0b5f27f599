namespace Gateway.Policy.Rules.Evaluation;

/// <summary>Whether a call was counted. Unset refuses.</summary>
public readonly record struct LimitAnswer(bool Allowed, int Used, int Remaining);
