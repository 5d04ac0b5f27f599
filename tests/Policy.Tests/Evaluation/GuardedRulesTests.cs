using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Gateway.Policy.Evaluation;
using Gateway.Policy.Model;
using Gateway.Policy.Tests.Generators;

namespace Gateway.Policy.Tests.Evaluation;

/// <summary>Rules that are told apart by a value come to what asking each of them would.</summary>
public sealed class GuardedRulesTests
{
    /// <summary>An action of which something might not be known is judged by asking one by one; of this one all is known.</summary>
    private static readonly ActionParts All = new([ArgumentPath.Whole], true);

    [Fact]
    public void Decisions_AreThoseOfAskingOneByOne() =>
        Prop.ForAll(
                GuardedRules.Policies.ToArbitrary(),
                world =>
                {
                    var snapshot = world.Compile();
                    foreach (var intent in GuardedRules.Intents(world))
                    {
                        var found = Text(Evaluator.Evaluate(snapshot, intent, world.Facts));
                        var asked = Text(Evaluator.Evaluate(snapshot, intent with { Known = All }, world.Facts));
                        Assert.Equal(asked, found);
                    }
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(400));

    [Theory]
    [InlineData("""{"kind": "r7"}""", "r7")]
    [InlineData("""{"kind": "r8"}""", "r8")]
    [InlineData("""{"kind": "other"}""", "")]
    [InlineData("""{"kind": ["r7"]}""", "")]
    [InlineData("{}", "all")]
    [InlineData("[]", "all")]
    [InlineData("", "all")]
    public void AValue_LeavesItsRules_AndAnErrorLeavesAll(string body, string rules)
    {
        var names = Enumerable.Range(0, 20).Select(i => $"r{i}").ToList();
        var decision = new World
        {
            Arguments = body,
            Rules = [.. names.Select(name => $"{{name: {name}, effect: block, when: \"args.kind == '{name}'\"}}")],
        }.Judge();

        string[] expected = rules switch
        {
            "" => [],
            "all" => [.. names.Order(StringComparer.Ordinal)],
            var one => [one],
        };
        Assert.Equal(expected, Assert.Single(decision.Rules).Rules);
    }

    private static string Text(Decision decision) => JsonSerializer.Serialize(decision);
}
