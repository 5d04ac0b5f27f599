using Gateway.Testing;

namespace Gateway.Proxy.Tests.Architecture;

/// <summary>Long files are where people start to hunt; files of a few lines are where they get lost.</summary>
public sealed class SizeTests
{
    /// <value>Lines of a file that says little by itself.</value>
    private const int Tiny = 15;

    private const int Width = 140;

    private static readonly IReadOnlyList<(string Name, int Lines)> Files = [.. Product.Parts.SelectMany(SourceSizes.OfFiles)];
    private static readonly IReadOnlyList<(string, int)> Methods = [.. Product.Parts.SelectMany(SourceSizes.OfMethods)];

    [Fact]
    public void Files_HaveAMedianOfAtMost60Lines() => Offences.AssertNone(SourceSizes.Offences("files", Files, 0.5, 60));

    [Fact]
    public void Files_HaveAMedianOfAtLeast40Lines() =>
        Assert.True(SourceSizes.Quantile(Files, 0.5) >= 40, "Join what is only read together.");

    [Fact]
    public void Files_ButOneInTwenty_HaveUnder200Lines() => Offences.AssertNone(SourceSizes.Offences("files", Files, 0.95, 199));

    [Fact]
    public void Files_HaveAtMost300Lines() => Offences.AssertNone(SourceSizes.Offences("files", Files, 1, 300));

    [Fact]
    public void Files_OfAFewLines_AreFew()
    {
        var tiny = Files.Where(file => file.Lines <= Tiny).Select(file => file.Name).ToList();

        Assert.True(
            tiny.Count < 60,
            $"{tiny.Count} files have at most {Tiny} lines. Join those that are only read together:\n{string.Join('\n', tiny)}"
        );
    }

    [Fact]
    public void Methods_ButOneInTwenty_HaveAtMost50Lines() => Offences.AssertNone(SourceSizes.Offences("methods", Methods, 0.95, 50));

    [Fact]
    public void Lines_OfCode_EndAt140() => Offences.AssertNone(SourceSizes.LongLines(SourceSizes.Tracked("*.cs"), Width, static _ => true));

    /// <summary>A table's row can't be wrapped, nor what stands in a block of code.</summary>
    [Fact]
    public void Lines_OfProse_EndAt140() =>
        Offences.AssertNone(SourceSizes.LongLines(SourceSizes.Tracked("*.md"), Width, static line => !line.TrimStart().StartsWith('|')));

    [Fact]
    public void Sizes_OverTheirBound_AreFoundWithTheLongest()
    {
        var offence = Assert.Single(SourceSizes.Offences("files", [("short.cs", 1), ("long.cs", 900), ("longer.cs", 1000)], 0.5, 60));

        Assert.Contains("longer.cs: 1000", offence, StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_OverTheirBound_AreFoundWithTheirPlace()
    {
        using var folder = new TemporaryDirectory();
        var file = Path.Combine(folder.Path, "wide.md");
        File.WriteAllText(file, $"short\n{new string('x', 141)}\n| {new string('x', 141)} |\n```\n{new string('x', 141)}\n```\n");

        var offence = Assert.Single(SourceSizes.LongLines([file], Width, static line => !line.StartsWith('|')));

        Assert.Contains("wide.md:2", offence, StringComparison.Ordinal);
    }

    [Fact]
    public void Sizes_AreThoseOfThisCode()
    {
        Assert.True(Files.Count > 100 && Methods.Count > Files.Count, $"{Files.Count} files and {Methods.Count} methods were measured.");
        Assert.Contains(Methods, method => method.Item1.Contains("GovernedPath.cs", StringComparison.Ordinal) && method.Item2 > 50);
        Assert.True(SourceSizes.Tracked("*.cs").Count > Files.Count, "The tests' own code is measured too.");
    }
}
