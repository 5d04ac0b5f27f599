using FsCheck;
using FsCheck.Fluent;
using Gateway.Policy.Evaluation;
using Gateway.Policy.Model;

namespace Gateway.Policy.Tests.Evaluation;

public sealed class ActionReadsTests
{
    private const string Limited = "amount: /amount, max: 100";

    [Fact]
    public void ALimit_ReadsItsAmountAndItsCurrency() =>
        Assert.Equal(
            "/amount /unit",
            Reads(
                new World
                {
                    Action = "financial",
                    Transaction = Limited,
                    PermissionTransaction = "amount: /amount, max: 5, currency: /unit is EUR",
                }
            )
        );

    [Theory]
    [InlineData("args.a.b == 1 && args.a.c == 2", "/a/b /a/c")]
    [InlineData("args.a == args.a.b", "/a")]
    [InlineData("args['x/y'] == 1", "/x~1y")]
    [InlineData("args.items.exists(i, i.price > 3)", "/items")]
    [InlineData("size(args) > 3", "")]
    [InlineData("intent.operation == 'act'", "nothing")]
    public void ACondition_ReadsThePathsInIt(string when, string reads) =>
        Assert.Equal(reads, Reads(new World { Rules = [$"{{name: r, effect: block, when: \"{when}\"}}"] }, "nothing"));

    [Theory]
    [InlineData("when: \"intent.path.contains('x')\"")]
    [InlineData("when: \"'x' in query.?y.orValue([])\"")]
    [InlineData("match: {target_values: ['https://system.example:443/act?x=1']}")]
    [InlineData("match: {destination_values: ['https://system.example:443/act?x=1']}")]
    public void ARule_ThatLooksWhereItGoes_ReadsTheQuery(string rule) =>
        Assert.True(ActionReads.Find(new World { Rules = [$"{{name: r, effect: block, {rule}}}"] }.Compile(), new World().Intent()).Query);

    [Fact]
    public void ARule_OfAnotherOperation_ReadsNothingOfThisOne() =>
        Assert.Equal(
            "nothing",
            Reads(new World { Rules = ["{name: r, effect: block, match: {tool_names: [system/other]}, when: \"args.x == 1\"}"] }, "nothing")
        );

    [Fact]
    public void WhatIsTooLong_IsNotKept_AndSaysSo()
    {
        var intent = new World { Arguments = $$"""{"a":"{{new string('x', RecordedArguments.MaxLength)}}"}""" }.Intent();
        var kept = ActionReads.Keep(intent, new ActionParts([ArgumentPath.Whole], false));

        Assert.True(kept is { HasArguments: true, TooLong: true, Paths.Count: 0, Arguments.IsEmpty: true });
    }

    [Fact]
    public void TheQuery_IsKeptOnlyWhereItIsRead()
    {
        var intent = new World().Intent();
        intent = intent with { Target = intent.Target with { PathAndQuery = "/act?a=b" } };

        Assert.Null(ActionReads.Keep(intent, ActionParts.None).Query);
        Assert.Equal("a=b", ActionReads.Keep(intent, new ActionParts([], true)).Query);
    }

    /// <summary>Whatever the arguments: judging by what is kept of them is judging by all of them.</summary>
    [Fact]
    public void Judging_ByWhatIsKept_GivesTheSameDecision()
    {
        var world = new World
        {
            Action = "financial",
            Gate = "active: true, actions: [financial]",
            Transaction = Limited,
            Rules =
            [
                "{name: a, effect: block, when: \"args.items.exists(i, i.price > 3)\"}",
                "{name: b, effect: require_approval, when: \"has(args.to) && args.to.startsWith('x')\"}",
                "{name: c, effect: degrade, obligations: {dry_run: true}, when: \"args.meta.tags.size() > 1 || args.amount > 50.0\"}",
            ],
        };
        var snapshot = world.Compile();
        Prop.ForAll(
                Bodies.ToArbitrary(),
                body =>
                {
                    var whole = (world with { Arguments = body }).Intent();
                    var parts = ActionReads.Find(snapshot, whole);
                    var kept = ActionReads.Keep(whole, parts);
                    var known = whole with { Arguments = kept.Arguments, Known = new ActionParts(kept.Paths, true) };
                    var (live, again) = (
                        Evaluator.Evaluate(snapshot, whole, world.Facts),
                        Evaluator.Evaluate(snapshot, known, world.Facts)
                    );
                    return !again.Undetermined
                        && live.Verdict == again.Verdict
                        && live.Reasons.SequenceEqual(again.Reasons)
                        && live.Obligations == again.Obligations
                        && live.Path.SequenceEqual(again.Path)
                        && live.Rules.Select(r => string.Join(',', r.Rules))
                            .SequenceEqual(again.Rules.Select(r => string.Join(',', r.Rules)));
                }
            )
            .QuickCheckThrowOnFailure();
    }

    private static Gen<string> Bodies { get; } =
        from amount in Gen.Elements("1", "100.00", "1e2", "101", "\"5\"", "null", "-3", "12345678901234567890")
        from name in Gen.Elements("amount", "Amount", "other")
        from items in Gen.Elements("[]", "[{\"price\":2}]", "[{\"price\":9}]", "7", "[3]", "{\"price\":1}")
        from to in Gen.Elements("\"xa\"", "\"ya\"", "5", "null")
        from meta in Gen.Elements("{\"tags\":[1,2],\"secret\":\"s\"}", "{\"tags\":\"ab\"}", "[]", "\"m\"", "{}")
        from shape in Gen.Choose(0, 9)
        select shape == 0 ? "[1]" : $$"""{"{{name}}":{{amount}},"items": {{items}},"to":{{to}},"meta":{{meta}},"rest":[1,{"amount":2}]}""";

    private static string Reads(World world, string none = "")
    {
        var parts = ActionReads.Find(world.Compile(), world.Intent());
        return parts.Arguments.Count == 0 ? none : string.Join(' ', parts.Arguments);
    }
}
