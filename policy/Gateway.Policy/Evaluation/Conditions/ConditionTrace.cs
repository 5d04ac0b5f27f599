using Gateway.Cel.Interpretation;
using Gateway.Policy.Model;

namespace Gateway.Policy.Evaluation.Conditions;

/// <summary>How a rule's condition came out for one action, part by part. It shows data of the request.</summary>
/// <param name="Source">Where the condition stands.</param>
public sealed record ConditionTrace(string Policy, string Rule, string Text, SourcePosition Source, CelTrace Trace);
