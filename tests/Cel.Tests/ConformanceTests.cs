using Gateway.Cel.Tests.Conformance;
using Gateway.Testing;
using Xunit.Abstractions;

namespace Gateway.Cel.Tests;

/// <summary>The published conformance cases of the language.</summary>
public sealed class ConformanceTests(ITestOutputHelper output)
{
    private const string Cases = "cel/cel-cases.json";

    [SharedDataFact(Cases)]
    public void Cases_InScope_AllPass()
    {
        var report = CelConformance.Run(Repository.Shared(Cases));

        output.WriteLine(report.ToString());
        Assert.True(report.Failed.Count == 0, string.Join('\n', report.Failed));
        Assert.True(report.Passed > 0);
    }
}
