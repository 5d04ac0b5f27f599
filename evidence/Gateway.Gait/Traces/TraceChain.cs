using Gateway.Gait.Artifacts;
using Gateway.Policy.Model;

namespace Gateway.Gait.Traces;

/// <summary>
/// Traces that name the one before: none can be taken out of the middle, put in or put elsewhere. That none was taken off the end needs the
/// last digest, kept elsewhere.
/// </summary>
public static class TraceChain
{
    /// <summary>
    /// Null where the traces are one chain, or where none of them is chained at all; otherwise the first place where it breaks.
    /// </summary>
    /// <param name="traces">Verified ones, with the names of their files.</param>
    /// <param name="head">The last trace's digest, where it is known.</param>
    public static ArtifactProblem? Check(IReadOnlyList<(string Name, TraceVerification Trace)> traces, Sha256Digest? head = null)
    {
        if (head is null && traces.All(trace => trace.Trace.Previous is null))
        {
            return null;
        }

        var byDigest = traces.GroupBy(trace => trace.Trace.Digest).ToDictionary(group => group.Key, group => group.First().Name);
        var followers = new Dictionary<Sha256Digest, string>();
        var first = "";
        foreach (var (name, trace) in traces)
        {
            var problem = trace.Previous is not { } previous
                ? first.Length == 0
                    ? null
                    : $"It begins a chain, as '{first}' does: what came before one of them is missing."
                : !byDigest.ContainsKey(previous)
                    ? $"The trace before it, {previous}, is missing."
                    : !followers.TryAdd(previous, name)
                        ? $"It follows the same trace as '{followers[previous]}' does."
                        : null;
            if (problem is not null)
            {
                return new ArtifactProblem(ProblemCodes.Chain, name, problem);
            }

            first = trace.Previous is null ? name : first;
        }

        return head is { } last && !(byDigest.ContainsKey(last) && !followers.ContainsKey(last))
            ? new ArtifactProblem(ProblemCodes.Chain, "", $"The last trace, {last}, is missing: the end was cut off.")
            : null;
    }
}
