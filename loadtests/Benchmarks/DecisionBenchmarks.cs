using BenchmarkDotNet.Attributes;
using Gateway.Policy.Compilation;
using Gateway.Policy.Evaluation;
using Gateway.Policy.Model;

namespace Gateway.Benchmarks;

/// <summary>One decision: all controls, and the rules that may be about it. It must be flat in the number of agents.</summary>
public class DecisionBenchmarks
{
    private Snapshot _snapshot = null!;
    private Intent _intent = null!;
    private Facts _facts;

    [Params(10, 1_000, 100_000)]
    public int Agents { get; set; }

    [Params(0, 100, 1_000)]
    public int Rules { get; set; }

    [GlobalSetup]
    public void Compile()
    {
        _snapshot = SampleGovernance.Compile(Agents, Rules);
        (_intent, _facts) = (SampleGovernance.Intent(), new Facts(null, new DateTimeOffset(2030, 1, 2, 12, 0, 0, TimeSpan.Zero)));
        if (
            Evaluator.Evaluate(_snapshot, _intent, _facts) is not { Verdict: Verdict.Allow, Path.Count: 11 } decision
            || decision.Rules.Count != (Rules > 0 ? 1 : 0)
        )
        {
            throw new InvalidOperationException(
                "The sample doesn't measure what it should: the action must be allowed by all controls and the policy."
            );
        }
    }

    [Benchmark]
    public Decision Decide() => Evaluator.Evaluate(_snapshot, _intent, _facts);
}
