using FsCheck;
using FsCheck.Fluent;
using Gateway.Cel.Checking;
using Gateway.Cel.Evaluation;
using Gateway.Cel.Library;
using Gateway.Cel.Text;
using Gateway.Cel.Values;

namespace Gateway.Cel.Tests;

public sealed class GuardsTests
{
    private static readonly CelEnvironment Environment = new(
        new Dictionary<string, CelType>
        {
            ["x"] = CelType.Dyn,
            ["y"] = CelType.Dyn,
            ["missing"] = CelType.Dyn,
        }
    );

    private static readonly CelValue[] Values =
    [
        CelValue.From(1L),
        CelValue.From(1UL),
        CelValue.From(1.0),
        CelValue.From(0L),
        CelValue.From(-0.0),
        CelValue.From(double.NaN),
        CelValue.From(9007199254740991L),
        CelValue.From(9007199254740992L),
        CelValue.From(9007199254740993L),
        CelValue.From(9007199254740992.0),
        CelValue.From(ulong.MaxValue),
        CelValue.From("a"),
        CelValue.From("aa"),
        CelValue.From(""),
        CelValue.True,
        CelValue.Null,
        CelValue.From(["a"]),
        CelOptional.Of(CelValue.From("a")),
        CelValue.From(CelTimestamp.From(DateTimeOffset.UnixEpoch)),
        Json("""{"a": "a", "b": {"c": 1}}"""),
        Json("""{"a": 1, "b": "a"}"""),
        Json("{}"),
        CelValue.Fail("wrong"),
        default,
    ];

    private static readonly string[] Terms =
    [
        "x == 'a'",
        "x.a == 'a'",
        "1 == x.a",
        "x.b.c in [1, 'a', null]",
        "(x.a == 'a' || x.a == 1)",
        "x.?a.orValue('') == ''",
        "x['a'] == 'a'",
        "y in ['a', 1u, true]",
        "y == 9007199254740991",
        "y == 9007199254740993",
        "has(x.a)",
        "has(x.b.c)",
        "!has(x.b)",
        "y != 'a'",
        "y",
        "missing == 1",
        "y > 0",
        "y.startsWith('a')",
        "y.matches('a+')",
        "1 / 0 == 1",
    ];

    [Theory]
    [InlineData("x.a == 'a'", 1)]
    [InlineData("'a' == x.a && x.b == 1", 2)]
    [InlineData("x.a == 'a' && y.matches('b')", 1)]
    [InlineData("y.matches('b') && x.a == 'a'", 0)] // It could take too many steps, and be in error.
    [InlineData("has(x.a) && (x.a == 'a' && y == 1)", 2)]
    [InlineData("x.a == 'a' || x.a == 'b'", 1)]
    [InlineData("x.a == 'a' || x.b == 'b'", 0)]
    [InlineData("!(x.a == 'a')", 0)]
    [InlineData("x.a != 'a'", 0)]
    [InlineData("x.a == y", 0)]
    [InlineData("x.a in ['a', 'b']", 1)]
    [InlineData("x.a in []", 1)]
    [InlineData("x.a in ['a', y]", 0)]
    [InlineData("x.a == 0.5", 0)] // Doubles that are equal needn't be equal to the same integers.
    [InlineData("x.all(e, e == 'a')", 0)]
    public void Guards_AreTheComparisonsThatDecide(string condition, int count) =>
        Assert.Equal(count, Compile(condition).FindGuards().Count);

    [Fact]
    public void Guards_OfFewSteps_AreNone() =>
        Assert.Empty(
            CelCompiler
                .CompileCondition(
                    "x == 1",
                    new CelEnvironment(new Dictionary<string, CelType> { ["x"] = CelType.Dyn }, limits: CelLimits.Default with { Cost = 9 })
                )
                .Program!.FindGuards()
        );

    [Fact]
    public void ACondition_IsFalse_WhereTheSubjectIsNoneOfTheConstants() =>
        Prop.ForAll(
                (
                    from terms in Gen.Elements(Terms).ArrayOf(4)
                    from count in Gen.Choose(1, 4)
                    from x in Gen.Elements(Values)
                    from y in Gen.Elements(Values)
                    select (Text: string.Join(" && ", terms.Take(count)), x, y)
                ).ToArbitrary(),
                c =>
                {
                    var (program, activation) = (Compile(c.Text), Environment.CreateActivation());
                    activation.Set("x", c.x);
                    activation.Set("y", c.y);
                    return program
                        .FindGuards()
                        .All(guard =>
                            guard.Subject.Read(activation) is var value
                            && (
                                value.IsError
                                || new ConstantTable<int>(guard.Constants.Select(constant => (constant, 1))).Find(value).Length > 0
                                || program.Test(activation) == CelTruth.False
                            )
                        );
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(5000));

    [Fact]
    public void ATable_FindsWhatEquals()
    {
        var (activation, constants) = (Environment.CreateActivation(), Values.Where(value => ConstantTable.Takes(value)).ToList());
        var table = new ConstantTable<CelValue>(constants.Select(constant => (constant, constant)));
        activation.Set("x", default);

        foreach (var value in Values)
        {
            var equal = constants.Count(constant => !value.IsError && DeepEquality.AreEqual(activation, constant, value));
            Assert.Equal(equal, table.Find(value).Length);
        }
    }

    [Fact]
    public void ATable_RefusesWhatItCouldNotFind() =>
        Assert.Throws<ArgumentException>(() => new ConstantTable<int>([(CelValue.From(9007199254740992L), 1)]));

    private static CelProgram Compile(string text) =>
        CelCompiler.CompileCondition(text, Environment) is { Program: { } program }
            ? program
            : throw new InvalidOperationException(string.Join('\n', CelCompiler.CompileCondition(text, Environment).Errors));

    private static CelValue Json(string text) =>
        JsonValues.TryParse(System.Text.Encoding.UTF8.GetBytes(text), out var value) ? value : throw new InvalidOperationException(text);
}
