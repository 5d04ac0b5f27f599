using Gateway.Cel.Checking;
using Gateway.Cel.Library;

namespace Gateway.Cel.Tests.Checking;

public sealed class CheckerTests
{
    [Theory]
    [InlineData("null", "null")]
    [InlineData("[1]", "list(int)")]
    [InlineData("[]", "list(dyn)")]
    [InlineData("[1, 'a']", "list(dyn)")]
    [InlineData("{'abc': 123}", "map(string, int)")]
    [InlineData("[[], [[]], [[[]]], [[[[]]]]]", "list(list(list(list(list(dyn)))))")]
    [InlineData("[[[[[]]]], [], [[[]]]]", "list(list(list(list(list(dyn)))))")]
    [InlineData("([].map(x, x))[0].foo", "dyn")]
    [InlineData("[optional.none(), optional.of(1)]", "list(optional(int))")]
    [InlineData("[optional.of(1), optional.none()]", "list(optional(int))")]
    [InlineData("[optional.of(1), optional.of(dyn(1))]", "list(optional(dyn))")]
    [InlineData("[optional.of(dyn(1)), optional.of(1)]", "list(optional(dyn))")]
    [InlineData("true ? optional.of(dyn(1)) : optional.of(1)", "optional(dyn)")]
    [InlineData("[optional.of(1), null][0]", "optional(int)")]
    [InlineData("[1, 2].map(x, string(x))", "list(string)")]
    [InlineData("{'a': 1}.transformMap(k, v, k + 'x')", "map(string, string)")]
    [InlineData("[3].transformMapEntry(i, v, {string(v): i})", "map(string, int)")]
    [InlineData("{'a': {'b': 1}}.?a.?b", "optional(int)")]
    [InlineData("{'a': 1}.?a.optMap(v, v + 1).orValue(0)", "int")]
    [InlineData("type(1)", "type(int)")]
    [InlineData("now - duration('1h')", "timestamp")]
    [InlineData("args.amount + 1", "int")]
    [InlineData("args.amount", "dyn")]
    [InlineData("['b', 'a'].sortBy(x, size(x))", "list(string)")]
    [InlineData("math.greatest(1, 2, 3)", "int")]
    [InlineData("'%d'.format([1])", "string")]
    public void Type_OfAnExpression_IsFoundBeforeItRuns(string text, string expected) =>
        Assert.Equal(expected, Conditions.Compile(text).ResultType.ToString());

    [Theory]
    [InlineData("sort(tuple(dyn(1), 2u, 3.0))", "tuple(dyn, dyn, dyn)")]
    [InlineData("[tuple(1, 2u, 3.0), tuple(dyn(1), dyn(2u), dyn(3.0))][0]", "tuple(dyn, dyn, dyn)")]
    public void Type_OfOwnFunctions_TakesTheMoreGeneral(string text, string expected)
    {
        var functions = CelFunctionSet
            .Standard.With("tuple(T, U, V) -> tuple(T, U, V)", (_, a) => a[0])
            .With("sort(tuple(T, T, T)) -> tuple(T, T, T)", (_, a) => a[0]);

        Assert.Equal(expected, CelCompiler.Compile(text, new CelEnvironment([], functions)).Program!.ResultType.ToString());
    }
}
