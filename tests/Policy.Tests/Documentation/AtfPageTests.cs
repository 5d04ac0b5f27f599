using System.Text.RegularExpressions;
using Gateway.Testing;

namespace Gateway.Policy.Tests.Documentation;

/// <summary>The page promises tests; each of them must be there.</summary>
public sealed partial class AtfPageTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "atf.md"));

    [Fact]
    public void Page_HasEveryRequirementOnceInOrder() =>
        Assert.Equal(
            from element in "IBDSR"
            from number in Enumerable.Range(1, 5)
            select $"{element}-{number}",
            Rows().Matches(Page).Select(m => m.Groups["id"].Value)
        );

    [Fact]
    public void Page_NamesATestForWhateverIsOurs() =>
        Assert.All(Rows().Matches(Page).Where(m => m.Groups["ours"].Value == "ours"), row => Assert.Matches(Test(), row.Value));

    [Fact]
    public void Page_NamesOnlyTestsThatThereAre() =>
        Assert.All(
            Test().Matches(Page),
            test =>
            {
                var file = Directory
                    .EnumerateFiles(Path.Combine(Repository.Root, "tests"), test.Groups["type"].Value + ".cs", SearchOption.AllDirectories)
                    .SingleOrDefault();
                Assert.True(
                    file is not null && File.ReadAllText(file).Contains($" {test.Groups["method"].Value}(", StringComparison.Ordinal),
                    $"There is no test {test.Value}."
                );
            }
        );

    [GeneratedRegex(@"^\| (?<id>[A-Z]-\d) \|[^|]*\| (?<ours>[a-z ]+) \|.*$", RegexOptions.Multiline)]
    private static partial Regex Rows();

    [GeneratedRegex(@"`(?<type>[A-Z]\w+(Tests|Contract))\.(?<method>\w+)`")]
    private static partial Regex Test();
}
