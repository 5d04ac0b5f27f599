using Gateway.Policy.Evaluation;
using Gateway.Policy.Model;

namespace Gateway.Policy.Tests.Evaluation;

/// <summary>A decision is on the path of every request: what it allocates has a budget.</summary>
public sealed class DecisionAllocationTests
{
    private const int Decisions = 1000;

    private static readonly World Quiet = new() { Data = "internal", Arguments = """{"amount": 12}""" };

    [Fact]
    public void ADecisionByTheControls_AllocatesLittle() => Assert.InRange(BytesOf(Quiet), 1, 256);

    [Fact]
    public void ADecisionWithAThousandRules_AllocatesAtMostAKibibyte()
    {
        var rules = Enumerable
            .Range(0, 1000)
            .Select(i =>
                i % 100 == 0
                    ? $"{{name: r{i}, effect: block, match: {{actions: [read]}}, when: 'args.amount > 100'}}"
                    : $"{{name: r{i}, effect: block, match: {{tool_names: [system/act{i}]}}}}"
            );

        Assert.InRange(BytesOf(Quiet with { Rules = [.. rules] }), 1, 1024);
    }

    [Fact]
    public void OneAgentsDecisions_DoNotShareWhatDiffers()
    {
        var (snapshot, facts) = (
            (
                Quiet with
                {
                    Rules = ["{name: no, effect: block, match: {destination_values: ['https://system.example:443/other']}}"],
                }
            ).Compile(),
            Quiet.Facts
        );
        var (here, other) = (Quiet.Intent(), Quiet.Intent() with { Target = Quiet.Intent().Target with { PathAndQuery = "/other" } });

        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(Verdict.Allow, Evaluator.Evaluate(snapshot, here, facts).Verdict);
            Assert.Equal(Verdict.Block, Evaluator.Evaluate(snapshot, other, facts).Verdict);
            Assert.Equal(Verdict.Block, Evaluator.Evaluate(snapshot, here, facts with { Level = AtfLevel.Unassigned }).Verdict);
        }
    }

    private static long BytesOf(World world)
    {
        var (snapshot, intent, facts) = (world.Compile(), world.Intent(), world.Facts);
        for (var i = 0; i < Decisions; i++)
        {
            Assert.Equal(Verdict.Allow, Evaluator.Evaluate(snapshot, intent, facts).Verdict);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Decisions; i++)
        {
            Evaluator.Evaluate(snapshot, intent, facts);
        }

        return (GC.GetAllocatedBytesForCurrentThread() - before) / Decisions;
    }
}
