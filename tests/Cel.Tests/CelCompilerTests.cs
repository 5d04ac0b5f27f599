using FsCheck;
using FsCheck.Fluent;
using Gateway.Cel.Text;

namespace Gateway.Cel.Tests;

public sealed class CelCompilerTests
{
    [Theory]
    [InlineData("intent.actoin == 'read'", 1, 1, "intent.action")]
    [InlineData("true &&\n  agent.levl == 'L1'", 2, 3, "agent.level")]
    [InlineData("agent.groups.exists(group, groop == 'ops')", 1, 28, "group")]
    [InlineData("args.name.startWith('a')", 1, 1, "startsWith")]
    [InlineData("arg.amount > 1", 1, 1, "args")]
    public void Compile_MisspeltName_SaysWhereAndWhatWasMeant(string text, int line, int column, string nearest)
    {
        var error = Assert.Single(CelCompiler.Compile(text, Conditions.Environment).Errors);

        Assert.Equal((CelErrorKind.UnknownName, line, column, nearest), (error.Kind, error.Line, error.Column, error.Nearest));
    }

    [Theory]
    [InlineData("intent.action == 1", CelErrorKind.Type, "no overload of '==' takes (string, int)")]
    [InlineData("intent.action && true", CelErrorKind.Type, "what && and || join must be bool, and this is string")]
    [InlineData("intent.action.size", CelErrorKind.Type, "'size' is selected from a value of type string, which has no such fields")]
    [InlineData("agent.groups.all(g, g)", CelErrorKind.Type, "the condition of a macro must be bool, and this is string")]
    [InlineData("agent.groups.map(1, 2)", CelErrorKind.Syntax, "a macro's variable is a plain name")]
    [InlineData("true ? 1 : 'a'", CelErrorKind.Type, "the values after ? and : must have one type, and these are int and string")]
    [InlineData("size('a', 'b')", CelErrorKind.Type, "'size' isn't called in this form or with this number of arguments")]
    [InlineData("has(args)", CelErrorKind.Syntax, "has() takes a field: has(a.b)")]
    [InlineData("{1.5: true}", CelErrorKind.Type, "a key must be bool, int, uint or string, and this is double")]
    [InlineData("Person{name: 'a'}", CelErrorKind.Unsupported, "messages are not supported; a map is written {'key': value}")]
    [InlineData("for == 1", CelErrorKind.Syntax, "'for' is a reserved word and can't be a name")]
    [InlineData("9223372036854775808", CelErrorKind.Syntax, "the number doesn't fit in 64 bits")]
    [InlineData("'abc", CelErrorKind.Syntax, "the text literal doesn't end")]
    [InlineData("1 +", CelErrorKind.Syntax, "the expression ends where a value is needed")]
    [InlineData("", CelErrorKind.Syntax, "the expression ends where a value is needed")]
    [InlineData("1 2", CelErrorKind.Syntax, "an operator or the end is needed here")]
    [InlineData("'x'.matches('(')", CelErrorKind.Syntax, "a group in the pattern isn't closed")]
    public void Compile_Mistake_SaysWhatIsWrong(string text, CelErrorKind kind, string message)
    {
        var compilation = CelCompiler.Compile(text, Conditions.Environment);

        Assert.Null(compilation.Program);
        Assert.Equal((kind, message), (compilation.Errors[0].Kind, compilation.Errors[0].Message));
    }

    [Fact]
    public void Compile_SeveralMistakes_ReportsAll() =>
        Assert.Equal(3, CelCompiler.Compile("nobody == 1 && nothing == 2 && 1 + 'a' == 3", Conditions.Environment).Errors.Count);

    [Fact]
    public void CompileCondition_ResultThatIsNoBool_Refuses() =>
        Assert.Equal(
            "a condition must be bool, and this is int",
            Assert.Single(CelCompiler.CompileCondition("1 + 1", Conditions.Environment).Errors).Message
        );

    [Theory]
    [InlineData("(", ")")]
    [InlineData("[", "]")]
    [InlineData("!", "")]
    [InlineData("-", "")]
    [InlineData("size(", ")")]
    [InlineData("{'a': ", "}")]
    [InlineData("true ? 1 : ", "")]
    [InlineData("1 + ", "")]
    [InlineData("cel.bind(a, 1, ", ")")]
    public void Compile_NestedWithoutEnd_Refuses(string before, string after)
    {
        const int Levels = 5000;
        var text = string.Concat(Enumerable.Repeat(before, Levels)) + "1" + string.Concat(Enumerable.Repeat(after, Levels));

        Assert.Equal(CelErrorKind.Limit, Assert.Single(CelCompiler.Compile(text, Conditions.Environment).Errors).Kind);
    }

    [Theory]
    [InlineData(".a")]
    [InlineData("[0]")]
    [InlineData(".size()")]
    [InlineData(".map(x, x)")]
    public void Compile_ChainWithoutEnd_Refuses(string link) =>
        Assert.Equal(
            CelErrorKind.Limit,
            Assert.Single(CelCompiler.Compile("args" + string.Concat(Enumerable.Repeat(link, 5000)), Conditions.Environment).Errors).Kind
        );

    [Fact]
    public void Compile_ManyTermsOfOneAnd_NestsNothing() =>
        Assert.Empty(CelCompiler.Compile(string.Join(" && ", Enumerable.Repeat("true", 3000)), Conditions.Environment).Errors);

    [Fact]
    public void Compile_TooLongOrTooManyPartsOrMacros_Refuses()
    {
        var many = "[" + string.Join(',', Enumerable.Repeat("1", 20_000)) + "]";
        var nested = "[1].all(a, [1].all(b, [1].all(c, [1].all(d, [1].all(e, true)))))";

        Assert.All(
            [new string(' ', 70_000) + "true", many, nested],
            text => Assert.Equal(CelErrorKind.Limit, Assert.Single(CelCompiler.Compile(text, Conditions.Environment).Errors).Kind)
        );
    }

    [Fact]
    public void Compile_AnyText_GivesAProgramOrErrors()
    {
        const string Pieces = "abx01.9u'\"\\`[](){}?:,.+-*/%!<>=&| \n\trb\u00e9\ud83d\ude00\ud800inhasmapall";
        var texts = Gen.Choose(0, Pieces.Length - 1).Select(i => Pieces[i]).ArrayOf().Select(letters => new string(letters)).ToArbitrary();

        Prop.ForAll(
                texts,
                text =>
                {
                    var compilation = CelCompiler.Compile(text, Conditions.Environment);
                    return (compilation.Program is null) == (compilation.Errors.Count > 0);
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(5000));
    }

    [Fact]
    public void Compile_APartOfAnExpression_GivesAProgramOrErrors()
    {
        const string Whole =
            "has(args.a) && args.?b[?'c'].orValue(1u) in {'k': [1.5e3, ?x, r'\\d', b\"\\xff\"]} "
            + "|| cel.bind(v, 'é'.matches('[^a-z]{2,3}'), v) ? 1 : 2";

        for (var start = 0; start < Whole.Length; start++)
        {
            for (var end = start; end <= Whole.Length; end++)
            {
                var compilation = CelCompiler.Compile(Whole[start..end], Conditions.Environment);
                Assert.Equal(compilation.Program is null, compilation.Errors.Count > 0);
            }
        }
    }
}
