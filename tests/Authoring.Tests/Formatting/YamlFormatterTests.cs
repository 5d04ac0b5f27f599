using Gateway.Authoring.Formatting;
using Gateway.Policy.Documents;
using Gateway.Testing;

namespace Gateway.Authoring.Tests.Formatting;

public sealed class YamlFormatterTests
{
    [Theory]
    [InlineData("a:   1\nb:\n    - x\n    -   y\n", "a: 1\nb:\n  - x\n  - y\n")]
    [InlineData("a:\n- x\n- y\n", "a:\n  - x\n  - y\n")]
    [InlineData("a: [ 1,2 ,  {b:  c} ]", "a: [1, 2, {b: c}]\n")]
    [InlineData("a: {\n  b: 1,\n  c: [x,\n    y]\n}\n", "a: {b: 1, c: [x, y]}\n")]
    [InlineData("\n\n# top\n\n\na: 1\n\n\n\nb: 2\n\n", "# top\n\na: 1\n\nb: 2\n")]
    [InlineData("a: 1   # one\n#left\nb:   # two\n      # inside\n      c: 3\n", "a: 1 # one\n#left\nb: # two\n  # inside\n  c: 3\n")]
    [InlineData("a:\n    b: 1\n    # end of a\n# of the file\n", "a:\n  b: 1\n  # end of a\n# of the file\n")]
    [InlineData("- - a\n  - b\n-   c: 1\n    d: 2\n", "- - a\n  - b\n- c: 1\n  d: 2\n")]
    [InlineData("-\n  # of c\n  c: 1\n", "# of c\n- c: 1\n")]
    [InlineData("a: |\n      x\n        y\n\n      z\nb: >-\n   t\n", "a: |\n  x\n    y\n\n  z\nb: >-\n  t\n")]
    [InlineData("a: |2\n    x\n   y\n", "a: |2\n    x\n   y\n")]
    [InlineData(
        "a: 'it''s'\nb: \"q\\n\"\nc: one\n  two\nd: \"three\n  four\"\n",
        "a: 'it''s'\nb: \"q\\n\"\nc: one two\nd: \"three four\"\n"
    )]
    [InlineData("a: 'x # y'\nb: x#y\n", "a: 'x # y'\nb: x#y\n")]
    [InlineData("---\na: 1\n---\n\nb: 2\n...\n", "a: 1\n---\nb: 2\n")]
    [InlineData("a:\nb: ~\nc: ''\nd: {}\ne: []\n", "a:\nb: ~\nc: ''\nd: {}\ne: []\n")]
    [InlineData("a: 1\r\nb: 2\r\n", "a: 1\nb: 2\n")]
    [InlineData("\uFEFFa: 1", "a: 1\n")]
    [InlineData("# only\n", "# only\n")]
    [InlineData("", "")]
    [InlineData("--- # first\na: 1\n--- # second\nb: 1\n", "# first\na: 1\n--- # second\nb: 1\n")]
    public void AFile_GetsTheOneLayout(string before, string after)
    {
        Assert.Equal(after, Formatted(before));
        Assert.Equal(after, Formatted(after));
    }

    [Fact]
    public void WhatIsTooLongForALine_IsWrittenBelowOneAnother()
    {
        var items = string.Join(", ", Enumerable.Range(0, 30).Select(i => $"item-{i}"));
        Assert.StartsWith("a:\n  - item-0\n  - item-1\n", Formatted($"a: [{items}]\n"), StringComparison.Ordinal);
        Assert.StartsWith("a: # why\n  b:\n    - item-0\n", Formatted($"a: {{b: [{items}]}} # why\n"), StringComparison.Ordinal);
        Assert.StartsWith("- b:\n    - item-0\n", Formatted($"- {{b: [{items}]}}\n"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a: &x 1\nb: *x\n")]
    [InlineData("a: !t 1\n")]
    [InlineData("a: 1\na: 2\n")]
    [InlineData("a: [\n")]
    [InlineData("? [a]\n: 1\n")]
    [InlineData("a: one\n\n  two\n")]
    [InlineData("a: [x, # why\n  y]\n")]
    [InlineData("%YAML 1.1\n---\na: 1\n")]
    public void WhatCantBeKept_IsReportedAndNotChanged(string text)
    {
        var result = YamlFormatter.Format(new SourceFile("a.yaml", text));
        Assert.Null(result.Text);
        Assert.Equal("a.yaml", Assert.Single(result.Errors.DistinctBy(error => error.Position.File)).Position.File);
    }

    [Fact]
    public void TheSampleDocuments_CanAllBeFormatted()
    {
        foreach (var file in Directory.GetFiles(Path.Combine(Repository.Root, "samples", "governance")))
        {
            Formatted(File.ReadAllText(file));
        }
    }

    private static string Formatted(string text)
    {
        var result = YamlFormatter.Format(new SourceFile("a.yaml", text));
        Assert.True(result.Text is not null, string.Join('\n', result.Errors) + "\n" + text);
        return result.Text;
    }
}
