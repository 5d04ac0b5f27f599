using System.Text;
using Gateway.Policy.Evaluation;
using Gateway.Policy.Model;

namespace Gateway.Policy.Tests.Evaluation;

/// <summary>
/// Actions of which not everything is known: what would have read the rest can't be told, and is never laxer than it can have been.
/// </summary>
public sealed class UndeterminedTests
{
    [Fact]
    public void ALimit_WhoseAmountIsNotKnown_CannotBeTold_AndBlocks()
    {
        var world = new World { Transaction = "amount: /amount, max: 100" };
        var decision = Judge(world, "", "/other");

        Assert.True(decision.Undetermined);
        Assert.Equal(Verdict.Block, decision.Verdict);
        Assert.False(Judge(world, """{"amount":1}""", "/amount").Undetermined);
    }

    [Fact]
    public void ALimit_BehindATermThatFailsFirst_IsNotRead() =>
        Assert.False(Judge(new World { Transaction = "amount: /amount, max: 100", OperationPurposes = "other" }, "").Undetermined);

    [Theory]
    [InlineData("args.x == 1", true)]
    [InlineData("args.x == 1 || intent.operation == 'act'", false)] // True, whatever x is.
    [InlineData("args.x == 1 && intent.operation == 'other'", false)] // False, whatever x is.
    [InlineData("args.known == 1", false)]
    [InlineData("args.known.deeper == 1", false)]
    [InlineData("args.known == 1 && args.x == 1", false)] // Known to be something else.
    [InlineData("has(args.x)", true)]
    [InlineData("size(args) == 1", true)]
    public void ACondition_CannotBeTold_WhereTheUnknownDecides(string when, bool undetermined)
    {
        var decision = Judge(new World { Rules = [$"{{name: r, effect: block, when: \"{when}\"}}"] }, """{"known":2}""", "/known");

        // One that reads known and unknown parts is judged without either: it may be called undetermined where it isn't, never the reverse.
        Assert.True(decision.Undetermined == undetermined || (decision.Undetermined && when.Contains("&&", StringComparison.Ordinal)));
        Assert.True(!decision.Undetermined || decision.Verdict == Verdict.Block);
    }

    [Fact]
    public void ACondition_OfARuleThatDoesNotMatchOtherwise_IsNotRead() =>
        Assert.False(
            Judge(
                new World { Rules = ["{name: r, effect: block, match: {identities: [somebody]}, when: \"args.x == 1\"}"] },
                ""
            ).Undetermined
        );

    [Fact]
    public void TwoConditions_OneOfKnownValues_AreToldApart()
    {
        var world = new World
        {
            Rules =
            [
                "{name: a, effect: block, when: \"args.known == 2\"}",
                "{name: b, effect: block, when: \"args.x == 2\"}",
                "{name: c, effect: block, when: \"args.known == 2\"}",
            ],
        };
        var decision = Judge(world, """{"known":2}""", "/known");

        Assert.True(decision.Undetermined);
        Assert.Equal(["a", "b", "c"], Assert.Single(decision.Rules).Rules); // b joins as a restricting rule in error.
    }

    [Theory]
    [InlineData("intent.path.contains('x')")]
    [InlineData("'x' in query.?y.orValue([])")]
    public void AQuery_ThatIsNotKnown_CannotBeTold(string when)
    {
        var world = new World { Rules = [$"{{name: r, effect: block, when: \"{when}\"}}"] };
        var intent = world.Intent() with { Known = new ActionParts([ArgumentPath.Whole], false) };

        Assert.True(Evaluator.Evaluate(world.Compile(), intent, world.Facts).Undetermined);
        Assert.False(Evaluator.Evaluate(world.Compile(), intent with { Known = new ActionParts([], true) }, world.Facts).Undetermined);
    }

    [Fact]
    public void ALiveAction_IsAlwaysDetermined()
    {
        var world = new World
        {
            Arguments = "{}",
            Transaction = "amount: /amount, max: 100",
            Rules = ["{name: r, effect: block, when: \"args.x == 1\"}"],
        };

        Assert.False(world.Judge().Undetermined);
    }

    [Fact]
    public void AHostedTool_ThatCannotBeTold_MakesTheWholeUndetermined()
    {
        var world = new World
        {
            IsModel = true,
            HostedTools = ["{name: web_search, action: read, risk: low}"],
            Rules = ["{name: r, effect: block, match: {tool_names: [system/web_search]}, when: \"args.x == 1\"}"],
        };

        Assert.True(Judge(world, "").Undetermined);
    }

    private static Decision Judge(World world, string arguments, params string[] known) =>
        Evaluator.Evaluate(
            world.Compile(),
            world.Intent() with
            {
                Arguments = Encoding.UTF8.GetBytes(arguments),
                Known = new ActionParts(
                    [.. known.Select(pointer => ArgumentPath.TryParse(pointer, out var path) ? path : throw new FormatException(pointer))],
                    true
                ),
            },
            world.Facts
        );
}
