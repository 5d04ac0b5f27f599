using FsCheck;
using FsCheck.Fluent;
using Gateway.Policy.Documents;
using Gateway.Policy.Documents.Kinds;

namespace Gateway.Policy.Tests.Documents;

/// <summary>A file read document by document gives what the parser gives that sees all of it.</summary>
public sealed class FileReadingTests
{
    private static readonly string[] Pieces =
    [
        "---\n",
        "\n---\n",
        "\n--- ",
        "\n---\t",
        "\n---x",
        "\n...\n",
        "\n",
        "\r\n",
        "\r",
        "\u2028",
        "\u0085",
        "a: b",
        "a: [",
        "]",
        "{",
        "}",
        "\"",
        "'",
        "|\n",
        ">\n  x\n",
        "  x: ",
        "- ",
        "# c\n",
        "%YAML 1.2\n",
        "%TAG ! !x\n",
        "&a ",
        "*a",
        "!t ",
        "? ",
        ": ",
        "\uFEFF",
        "~",
        "text",
    ];

    [Fact]
    public void AnyText_IsReadAsAWhole() =>
        Prop.ForAll(Gen.Elements(Pieces).ArrayOf().Select(string.Concat).ToArbitrary(), IsAsWhole)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(20_000).WithEndSize(14));

    [Fact]
    public void ManyDocuments_AreReadAsAWhole() =>
        IsAsWhole(
            string.Join("\n---\n", Enumerable.Range(0, 500).Select(i => $"# {i}\nkind: Agent\nmetadata:\n  name: a{i}\nspec: |\n  x"))
        );

    [Theory]
    [InlineData("  x: *a\n---\n: ---\n")]
    [InlineData("  x: \n---\t\n---# c\n: ")]
    public void AFault_IsReadWithAllThatFollows(string text) => IsAsWhole(text);

    [Fact]
    public void AnEarlierReading_IsUsedAndChangesNothing()
    {
        var before = FileReading.Read(new SourceFile("a.yaml", "a: 1\n---\nb: 2\n---\nc: 3"), keepText: true);
        var after = FileReading.Read(new SourceFile("a.yaml", "a: 1\n---\nb: 4\n---\nc: 3"), before, keepText: true);

        Assert.Same(before.Documents[0], after.Documents[0]);
        Assert.NotSame(before.Documents[1], after.Documents[1]);
        Assert.Same(before.Documents[2], after.Documents[2]);
        var moved = FileReading.Read(new SourceFile("a.yaml", "\na: 1\n---\nb: 4\n---\nc: 3"), after, keepText: true);
        Assert.Equal([2, 4, 6], moved.Documents.Select(document => document.Source.Line));
    }

    private static void IsAsWhole(string text)
    {
        var file = new SourceFile("a.yaml", text);
        var errors = new ErrorList();
        var nodes = NodeReader.Read(file, int.MaxValue, errors);
        var reading = FileReading.Read(file, keepText: true);

        Assert.Equal(errors.InOrder(), reading.Faults.InOrder());
        Assert.Equal(nodes.Count, reading.Documents.Count);
        foreach (var (node, document) in nodes.Zip(reading.Documents))
        {
            var isNothing = node is ScalarNode { IsNull: true };
            Assert.Equal(isNothing, document.Fault is null && document.Record is null);
            Assert.True(isNothing || node.Position == document.Source, text);
            Assert.True(node is not MappingNode || NodeText.Of(node) == System.Text.Encoding.UTF8.GetString(document.Text!), text);
        }
    }
}
