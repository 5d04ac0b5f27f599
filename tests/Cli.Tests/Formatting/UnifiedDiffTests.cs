using Gateway.Cli.Formatting;

namespace Gateway.Cli.Tests.Formatting;

public sealed class UnifiedDiffTests
{
    [Fact]
    public void ADifference_HasTheLinesRoundIt() =>
        Assert.Equal(
            ["--- f", "+++ f (formatted)", "@@ -2,7 +2,7 @@", " b", " c", " d", "-e", "+E", " f", " g", " h"],
            UnifiedDiff.Compute("f", "a\nb\nc\nd\ne\nf\ng\nh\ni\n", "a\nb\nc\nd\nE\nf\ng\nh\ni\n")
        );

    [Fact]
    public void FarDifferences_AreHunksOfTheirOwn() =>
        Assert.Equal(
            2,
            UnifiedDiff
                .Compute("f", "a\n1\n2\n3\n4\n5\n6\n7\n8\nb\n", "A\n1\n2\n3\n4\n5\n6\n7\n8\nB\n")
                .Count(line => line.StartsWith("@@", StringComparison.Ordinal))
        );
}
