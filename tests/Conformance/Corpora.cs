using Gateway.Cel.Tests.Conformance;
using Gateway.Evidence.Tests.Log.Tree;
using Gateway.Gait.Tests.Conformance;

namespace Gateway.Conformance;

/// <summary>Every published corpus that this product is held to.</summary>
internal static class Corpora
{
    public static IReadOnlyList<PublishedCorpus> All { get; } =
    [
        new("cel", "CEL_CASES", "cel/cel-cases.json", RunCel),
        new("gait", "GAIT_INDEX", "gait/index.json", RunGait),
        new("merkle", "MERKLE_DIR", "vectors/merkle", RunMerkle),
    ];

    private static CorpusResult RunCel(string path)
    {
        var report = CelConformance.Run(path);
        return new CorpusResult(report.Passed, report.Failed, report.OutOfScope, []);
    }

    private static CorpusResult RunMerkle(string folder)
    {
        var result = MerkleConformance.Run(folder);
        return new CorpusResult(result.Passed, result.Failed, result.OutOfScope, []);
    }

    /// <summary>A case that is answered more strictly on purpose passes: the page of differences lists each.</summary>
    private static CorpusResult RunGait(string path)
    {
        var groups = new GaitConformance(path).Run();
        var skipped = groups.SelectMany(group => group.With(CaseStatus.OutOfScope).Select(result => result.Id)).ToHashSet();
        var commands = new GateCommandCases(path).Run(skipped);
        var failures = groups
            .SelectMany(group => group.With(CaseStatus.Failed).Select(result => $"{group.Name} {result.Id}: {result.Detail}"))
            .Concat(commands.Where(one => one.Value is not null).Select(one => $"gate eval {one.Key}: {one.Value}"))
            .ToList();
        return new CorpusResult(
            commands.Values.Count(problem => problem is null)
                + groups.Sum(group => group.With(CaseStatus.Passed).Count() + group.With(CaseStatus.Stricter).Count()),
            failures,
            skipped.Count - commands.Count,
            [
                .. groups.Select(group => group.ToString()),
                $"of those out of scope by gate eval: {commands.Values.Count(problem => problem is null)} passed",
            ]
        );
    }
}
