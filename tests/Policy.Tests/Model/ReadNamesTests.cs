using System.Text;
using Gateway.Policy.Compilation;
using Gateway.Policy.Model;

namespace Gateway.Policy.Tests.Model;

/// <summary>What conditions look for in a request, place by place.</summary>
public sealed class ReadNamesTests
{
    [Theory]
    [InlineData("args.text == 'a'", "text", "Text")]
    [InlineData("has(args.text)", "text", "TEXT")]
    [InlineData("args.?text.orValue('') == 'a'", "text", "teXt")]
    [InlineData("args['text'] == 'a'", "text", "te\uFF58t")]
    [InlineData("args.a.text == 'a'", "a/text", "a/Text")]
    [InlineData("args.a.text == 'a'", "a/text", "A")]
    [InlineData("args.all(k, k != 'text')", "text", "Text")]
    [InlineData("args.items.all(i, i.price < 5)", "items/price", "items/Price")]
    [InlineData("args.items.all(i, i.price < 5) && args.items[0].b.c == 1", "items/x/price/c", "items/x/price/C")]
    [InlineData("args.unit_price < 5", "unit_price", "unitPrice")]
    public void Name_InAnotherSpelling_IsFound(string when, string name, string other)
    {
        var names = Of(when);

        Assert.False(IsOther(names, name));
        Assert.True(IsOther(names, other));
    }

    [Theory]
    [InlineData("args.text == 'a'", "meta/Text")]
    [InlineData("args.a.text == 'a'", "Text")]
    [InlineData("args.text == 'Text'", "a/Text")]
    public void Name_WhereNobodyLooks_IsAnybodys(string when, string way) => Assert.False(IsOther(Of(when), way));

    [Fact]
    public void WithoutArguments_ThereIsNothingToLookFor() =>
        Assert.Null(Policies("intent.risk == 'low'").ArgumentNamesOf(Id<Connector>.Parse("system"), Id<Operation>.Parse("act")));

    [Fact]
    public void Parameters_AreLookedForByThemselves()
    {
        var names = Policies("'all' in query.scope").ParameterNamesOf(Id<Connector>.Parse("system"), Id<Operation>.Parse("act"));

        Assert.True(IsOther(names!, "Scope"));
        Assert.False(IsOther(names!, "scope"));
    }

    private static bool IsOther(ReadNames names, string way)
    {
        ReadNames? at = names;
        var isOther = false;
        foreach (var step in way.Split('/'))
        {
            at = at?.Step(Encoding.UTF8.GetBytes(step), out isOther);
            if (isOther)
            {
                return true;
            }
        }

        return false;
    }

    private static ReadNames Of(string when) => Policies(when).ArgumentNamesOf(Id<Connector>.Parse("system"), Id<Operation>.Parse("act"))!;

    private static PolicySet Policies(string when) =>
        new World { Rules = [$$"""{name: r, effect: block, when: "{{when}}"}"""] }
            .Compile()
            .Find(Id<Tenant>.Parse("demo"))!
            .Policies;
}
