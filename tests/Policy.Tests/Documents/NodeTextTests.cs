using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Gateway.Policy.Documents;

namespace Gateway.Policy.Tests.Documents;

public sealed class NodeTextTests
{
    [Theory]
    [InlineData("b: 5\na: 'x'", "{\"a\": \"x\", \"b\": 5}")]
    [InlineData("a: [true, 'true', 0.5, 1d, gateway/v1, ~, '']", "{\"a\": [true, \"true\", 0.5, 1d, \"gateway/v1\", null, \"\"]}")]
    [InlineData("a: {} # why", "{\"a\": {}}")]
    [InlineData("a: x-", "{\"a\": \"x-\"}")]
    [InlineData("a: |\n  one\n  two\n", "{\"a\": \"one\\u000Atwo\\u000A\"}")]
    public void ADocument_IsOneLine_FieldsInOrder(string yaml, string line) => Assert.Equal(line, NodeText.Of(Read(yaml)));

    [Fact]
    public void AnyText_ReadsAsItDid() =>
        Prop.ForAll(
                ArbMap.Default.ArbFor<NonNull<string>>(),
                given =>
                {
                    var text = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(given.Get)) == given.Get ? given.Get : "";
                    var line = NodeText.Of(new ScalarNode(text, Plain: false, default));
                    return Read(line) is ScalarNode read && read.Text == text && !line.Contains('\n', StringComparison.Ordinal);
                }
            )
            .QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("\u0085\u2028\u2029\ufeff\u00a0\t\r\n\0\u001b")]
    [InlineData("\ud83d\ude00 and \ud800\udc00")]
    public void OddText_ReadsAsItDid(string text) =>
        Assert.Equal(text, Assert.IsType<ScalarNode>(Read(NodeText.Of(new ScalarNode(text, Plain: false, default)))).Text);

    private static Node Read(string yaml)
    {
        var errors = new ErrorList();
        var node = Assert.Single(NodeReader.Read(new SourceFile("a.yaml", yaml), 1, errors));
        Assert.Equal(0, errors.Count);
        return node;
    }
}
