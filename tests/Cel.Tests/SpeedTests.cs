using System.Diagnostics;
using System.Globalization;
using Gateway.Cel.Checking;
using Gateway.Cel.Evaluation;
using Gateway.Cel.Values;
using Xunit.Abstractions;

namespace Gateway.Cel.Tests;

/// <summary>
/// What a usual condition costs. Time is only reported, since it depends on the machine; that nothing is allocated is asserted.
/// </summary>
public sealed class SpeedTests(ITestOutputHelper output)
{
    private const int Rounds = 1_000_000;

    [Fact]
    public void Condition_OverSetVariables_AllocatesNothing()
    {
        var environment = new CelEnvironment(
            new Dictionary<string, CelType>
            {
                ["intent.action"] = CelType.String,
                ["args"] = CelType.Map(CelType.String, CelType.Dyn),
                ["agent.level"] = CelType.String,
            }
        );
        var program = CelCompiler
            .CompileCondition("intent.action == 'write' && args.amount > 100 && agent.level in ['L1', 'L2']", environment)
            .Program!;
        var activation = environment.CreateActivation();
        activation.Set("intent.action", CelValue.From(new string("write".AsSpan())));
        activation.Set("agent.level", CelValue.From(new string("L2".AsSpan())));
        Assert.True(JsonValues.TryParse("""{"currency": "EUR", "amount": 250, "to": "a@b.example"}"""u8, out var args));
        activation.Set("args", args);
        Run(program, activation);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var start = Stopwatch.GetTimestamp();
        Run(program, activation);
        var elapsed = Stopwatch.GetElapsedTime(start);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{elapsed.TotalNanoseconds / Rounds:F0} ns a condition"));
    }

    private static void Run(CelProgram program, CelActivation activation)
    {
        for (var i = 0; i < Rounds; i++)
        {
            if (program.Test(activation) != CelTruth.True)
            {
                throw new InvalidOperationException("The condition must hold.");
            }
        }
    }
}
