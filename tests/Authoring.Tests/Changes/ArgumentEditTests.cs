using System.Text;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Gateway.Authoring.Changes;
using Gateway.Policy.Evaluation;
using Gateway.Policy.Model;

namespace Gateway.Authoring.Tests.Changes;

public sealed class ArgumentEditTests
{
    [Theory]
    [InlineData("""{"a":1,"b":"x"}""", "/a", """{"b":"x","a":5}""")]
    [InlineData("""{"A":1}""", "/a", """{"a":5}""")]
    [InlineData("""{"a":[{"b":1},2]}""", "/a/0/b", """{"a":[{"b":5},2]}""")]
    [InlineData("""{"a":[1]}""", "/a/3", """{"a":{"3":5}}""")]
    [InlineData("""{"a":1,"a":2}""", "/a", """{"a":5}""")]
    [InlineData("""["x"]""", "/a", """{"a":5}""")]
    [InlineData("", "/a/b", """{"a":{"b":5}}""")]
    public void Set_OfAValue_LeavesTheRestAsItIs(string arguments, string at, string wanted) =>
        Assert.Equal(
            wanted,
            Encoding.UTF8.GetString(ArgumentEdit.Set(Encoding.UTF8.GetBytes(arguments), Pointer(at), JsonValue.Create(5)).Span)
        );

    [Fact]
    public void Set_InAnyArguments_IsReadByTheEvaluator() =>
        Prop.ForAll(
                Gen.Elements("{", "}", "[", "]", "\"amount\"", ":", ",", "1", "\"Amount\"", "null", " ")
                    .ArrayOf()
                    .Select(string.Concat)
                    .ToArbitrary(),
                Gen.Elements("/amount", "/amount/0", "/0/amount", "/a~1b/c").ToArbitrary(),
                (arguments, at) =>
                {
                    var limit = new TransactionLimit(Pointer(at), 12, 1, null, null);
                    var edited = ArgumentEdit.Set(Encoding.UTF8.GetBytes(arguments), limit.Amount, JsonValue.Create(1.2m));
                    return TransactionAmount.TryRead(limit, edited.Span, out var amount) && amount == 12;
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));

    private static ArgumentPointer Pointer(string text) =>
        ArgumentPointer.TryParse(text, out var pointer) ? pointer! : throw new InvalidOperationException(text);
}
