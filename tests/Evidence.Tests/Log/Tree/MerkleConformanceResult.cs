namespace Gateway.Evidence.Tests.Log.Tree;

/// <summary>What running published vectors came to.</summary>
/// <param name="Failed">The files whose proof was judged otherwise than they say.</param>
/// <param name="OutOfScope">Files that hold no such proof.</param>
public sealed record MerkleConformanceResult(int Passed, IReadOnlyList<string> Failed, int OutOfScope);
