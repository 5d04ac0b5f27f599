using Gateway.Policy.Documents;
using Gateway.Policy.Rules.Documents;

namespace Gateway.Policy.Tests.Rules.Documents;

public sealed class RuleReaderTests
{
    [Fact]
    public void Read_InADocumentOfGateway_TakesConditionsWithTheirPositions()
    {
        var errors = new ErrorList();
        var node = NodeReader.Read(
            new SourceFile("p.yaml", "rules:\n  - name: b\n    effect: block\n    when: args.n > 3\n  - {name: a, effect: allow}\n"),
            1,
            errors
        );

        var rules = RuleReader.ReadList(new RuleFields((MappingNode)node[0], "spec", errors), "rules", RuleDialect.Gateway);

        Assert.Equal(0, errors.Count);
        Assert.Equal(["a", "b"], rules.Select(rule => rule.Name));
        Assert.Equal("args.n > 3", rules[1].Condition!.Text);
        Assert.Equal("p.yaml:4:11", rules[1].Condition!.Position.ToString());
    }
}
