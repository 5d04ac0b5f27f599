namespace Gateway.Cel.Compilation;

/// <summary>
/// A compiled part that is true or false. Where it is neither, the error is in <see cref="CelActivation.Fault"/>. It needs no room for a
/// value, so that a condition over set variables allocates nothing.
/// </summary>
public delegate CelTruth Condition(CelActivation frame);
