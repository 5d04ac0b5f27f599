using Gateway.Testing;
using Xunit.Abstractions;

namespace Gateway.Gait.Tests.Conformance;

public sealed class GaitCorpusTests(ITestOutputHelper output)
{
    [SharedDataFact("gait/index.json")]
    public void EveryCase_IsMetOrIsStricterAndListed()
    {
        var groups = new GaitConformance(Repository.Shared("gait")).Run();

        foreach (var group in groups)
        {
            output.WriteLine(group.ToString());
        }

        var failures = groups
            .SelectMany(group => group.With(CaseStatus.Failed).Select(result => $"{group.Name} {result.Id}: {result.Detail}"))
            .ToArray();
        Assert.True(failures.Length == 0, string.Join("\n", groups.Select(g => g.ToString()).Concat(failures)));
    }
}
