namespace Gateway.Proxy.Tests.Architecture;

/// <summary>Long files are where people start to hunt.</summary>
public sealed class SizeTests
{
    private static readonly IReadOnlyList<(string, int)> Files = [.. Product.Parts.SelectMany(SourceSizes.OfFiles)];
    private static readonly IReadOnlyList<(string, int)> Methods = [.. Product.Parts.SelectMany(SourceSizes.OfMethods)];

    [Fact]
    public void Files_HaveAMedianOfAtMost60Lines() => Offences.AssertNone(SourceSizes.Offences("files", Files, 0.5, 60));

    [Fact]
    public void Files_ButOneInTwenty_HaveAtMost270Lines() => Offences.AssertNone(SourceSizes.Offences("files", Files, 0.95, 270));

    [Fact]
    public void Methods_ButOneInTwenty_HaveAtMost50Lines() => Offences.AssertNone(SourceSizes.Offences("methods", Methods, 0.95, 50));

    [Fact]
    public void Sizes_OverTheirBound_AreFoundWithTheLongest()
    {
        var offence = Assert.Single(SourceSizes.Offences("files", [("short.cs", 1), ("long.cs", 900), ("longer.cs", 1000)], 0.5, 60));

        Assert.Contains("longer.cs: 1000", offence, StringComparison.Ordinal);
    }

    [Fact]
    public void Sizes_AreThoseOfThisCode()
    {
        Assert.True(Files.Count > 100 && Methods.Count > Files.Count, $"{Files.Count} files and {Methods.Count} methods were measured.");
        Assert.Contains(Methods, method => method.Item1.Contains("GovernedPath.cs", StringComparison.Ordinal) && method.Item2 > 50);
    }
}
