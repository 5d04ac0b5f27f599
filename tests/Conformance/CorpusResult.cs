namespace Gateway.Conformance;

/// <summary>What running a corpus came to.</summary>
/// <param name="Failed">A line for each case that failed.</param>
/// <param name="Parts">A line for each group of cases; may be empty.</param>
internal sealed record CorpusResult(int Passed, IReadOnlyList<string> Failed, int OutOfScope, IReadOnlyList<string> Parts);
