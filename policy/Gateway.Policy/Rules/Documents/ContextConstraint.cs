namespace Gateway.Policy.Rules.Documents;

/// <summary>What a rule asks of the verified context evidence.</summary>
/// <param name="Evidence"><c>require_context_evidence</c> as written.</param>
/// <param name="RequiredMode">The evidence must have been collected in mode <c>required</c>.</param>
/// <param name="MaxAgeSeconds">0 for any age.</param>
public sealed record ContextConstraint(bool Evidence, bool RequiredMode, long MaxAgeSeconds);
