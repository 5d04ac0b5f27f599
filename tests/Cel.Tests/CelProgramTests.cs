using Gateway.Cel.Checking;
using Gateway.Cel.Evaluation;
using Gateway.Cel.Library;
using Gateway.Cel.Values;

namespace Gateway.Cel.Tests;

public sealed class CelProgramTests
{
    [Theory]
    [InlineData("intent.action == 'write' && args.amount > 100 && agent.level in ['L1', 'L2']", """{"amount": 250}""", CelTruth.True)]
    [InlineData("intent.action == 'write' && args.amount > 100 && agent.level in ['L1', 'L2']", """{"amount": 99.5}""", CelTruth.False)]
    [InlineData("args.amount > 100", "{}", CelTruth.Error)]
    [InlineData("args.amount > 100", """{"amount": "1000"}""", CelTruth.Error)]
    [InlineData("args.amount > 100", """{"amount": null}""", CelTruth.Error)]
    [InlineData("args.amount > 100 || true", "{}", CelTruth.True)]
    [InlineData("args.amount > 100 && false", "{}", CelTruth.False)]
    [InlineData("args.to.endsWith('@example.org')", """{"to": "a@example.org"}""", CelTruth.True)]
    [InlineData("args.to.all(t, t.endsWith('@example.org'))", """{"to": ["a@example.org", "b@elsewhere.example"]}""", CelTruth.False)]
    [InlineData("args.flag", """{"flag": 1}""", CelTruth.Error)]
    [InlineData("has(args.amount)", """{"amount": null}""", CelTruth.True)]
    [InlineData("'finance' in agent.groups", "{}", CelTruth.True)]
    [InlineData("args.n == 1 && args.n == 1.0 && args.n == 1u", """{"n": 1}""", CelTruth.True)]
    public void Test_Condition_IsTrueFalseOrAnError(string text, string args, CelTruth expected) =>
        Assert.Equal(expected, Conditions.Compile(text).Test(Conditions.Activation(args)));

    [Fact]
    public void Test_Error_CanBeTold()
    {
        var program = Conditions.Compile("true &&\n args.amount > 1");
        var activation = Conditions.Activation();

        Assert.Equal(CelTruth.Error, program.Test(activation));
        Assert.Equal("2:2: no such key", program.ErrorOf(activation).ToString());
    }

    [Fact]
    public void Evaluate_VariableThatIsNotSet_IsAnError()
    {
        var result = Conditions.Evaluate("intent.model == 'm'");

        Assert.False(result.IsSuccess);
        Assert.False(result.IsTrue);
        Assert.Equal("1:1: nothing is bound here", result.Error!.ToString());
    }

    [Theory]
    [InlineData("has(intent.model)", false)]
    [InlineData("has(intent.action)", true)]
    [InlineData("intent.?model.orValue('none') == 'none'", true)]
    [InlineData("intent.?action.orValue('none') == 'write'", true)]
    [InlineData("!has(intent.model) || intent.model == 'm'", true)]
    public void Evaluate_VariableThatMayBeUnset_CanBeAskedFor(string text, bool expected) =>
        Assert.Equal(expected, Conditions.Evaluate(text).Value.AsBool);

    [Fact]
    public void Default_OfEveryAnswer_LetsNothingThrough()
    {
        Assert.False(default(CelResult).IsTrue);
        Assert.Equal(CelTruth.Error, default);
        Assert.True(default(CelValue).IsError);
    }

    [Theory]
    [InlineData("lists.range(1000000).size() > 0")]
    [InlineData("lists.range(40000).all(i, lists.range(1000).all(j, i + j >= 0))")]
    [InlineData("lists.range(300).all(i, lists.range(300).all(j, true)) || true")]
    [InlineData("true || lists.range(1000000000).size() > 0 || lists.range(99999).exists(i, i < 0) || lists.range(99999).exists(i, i < 0)")]
    [InlineData("cel.bind(a, lists.range(20000), sets.contains(a, a))")]
    [InlineData("cel.bind(a, lists.range(2000).map(i, 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa').join(), a.replace('a', a) != '')")]
    [InlineData("cel.bind(a, lists.range(400), a.map(x, a) == a.map(x, a))")]
    [InlineData("lists.range(50000).distinct().size() > 0")]
    public void Evaluate_BeyondTheCost_IsAnErrorByBothWays(string text)
    {
        if (text.StartsWith("true ||", StringComparison.Ordinal))
        {
            // What decides first saves the rest.
            Assert.True(Conditions.Evaluate(text).IsTrue);
            return;
        }

        var (program, activation) = (Conditions.Compile(text), Conditions.Activation());

        Assert.EndsWith("the evaluation takes more steps than it may", program.Evaluate(activation).Error!.Message);
        Assert.EndsWith("the evaluation takes more steps than it may", program.Walk(activation).Error!.Message);
        Assert.Equal(CelTruth.Error, program.Test(activation));
    }

    [Fact]
    public void Evaluate_VariablesOfAnotherEnvironment_IsAnError()
    {
        var other = new CelEnvironment(new Dictionary<string, CelType> { ["a"] = CelType.Bool }).CreateActivation();
        other.Set("a", CelValue.True);
        var program = Conditions.Compile("true");

        Assert.False(program.Evaluate(other).IsSuccess);
        Assert.Equal(CelTruth.Error, program.Test(other));
        Assert.False(program.Explain(other).Result.IsSuccess);
    }

    [Fact]
    public void Evaluate_FunctionThatThrows_IsAnError()
    {
        var functions = CelFunctionSet.Standard.With("broken(int) -> bool", (_, _) => throw new InvalidOperationException("secret"));
        var environment = new CelEnvironment([], functions);
        var program = CelCompiler.Compile("broken(1) || true", environment).Program!;
        var activation = environment.CreateActivation();

        Assert.Equal(CelTruth.Error, program.Test(activation));
        Assert.DoesNotContain("secret", program.ErrorOf(activation).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Evaluate_ErrorsAndTexts_ShowNoValueOfTheRequest()
    {
        var result = Conditions.Evaluate("args.password.amount == 1", """{"password": "hunter2"}""");

        Assert.DoesNotContain("hunter2", result.ToString() + result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", Conditions.Json("\"hunter2\"").ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("intent.action == 'write' && args.amount > 100", "args.amount intent.action")]
    [InlineData("args['to'].exists(t, t == args.from.name)", "args.from.name args.to")]
    [InlineData("args[intent.action] == 1", "args intent.action")]
    [InlineData("has(args.a) && args.?b[?'c'].hasValue()", "args.a args.b.c")]
    [InlineData("args.exists(k, k == 'a')", "args")]
    [InlineData("1 == 1", "")]
    [InlineData("now > timestamp('2026-01-01T00:00:00Z')", "now")]
    public void Reads_NamesEveryAttribute(string text, string expected) =>
        Assert.Equal(
            expected,
            string.Join(' ', Conditions.Compile(text).Reads.Select(path => path.ToString()).Order(StringComparer.Ordinal))
        );

    [Fact]
    public void Program_OnManyThreads_GivesEachItsOwnAnswer()
    {
        var program = Conditions.Compile(
            "args.items.map(i, i * args.n).exists(i, i == args.n * 3) && args.items.filter(i, i > 1).size() == 2"
        );

        Parallel.For(
            0,
            2000,
            i =>
            {
                var activation = Conditions.Activation($$"""{"n": {{i}}, "items": [1, 2, 3]}""");
                Assert.Equal(CelTruth.True, program.Test(activation));
            }
        );
    }
}
