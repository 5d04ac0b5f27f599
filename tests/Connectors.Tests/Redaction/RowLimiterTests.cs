using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Gateway.Connectors.Redaction;
using Gateway.Policy.Model;

namespace Gateway.Connectors.Tests.Redaction;

public sealed class RowLimiterTests
{
    [Theory]
    [InlineData("", 2, "[1, 2 ,3 , 4 ]", "[1, 2]")]
    [InlineData("", 2, " [ 1,2 ] ", " [ 1,2 ] ")]
    [InlineData("", 2, "[]", "[]")]
    [InlineData("", 1, """[{"a":[1,2]},{"a":[3]}]""", """[{"a":[1,2]}]""")]
    [InlineData("/data/items", 1, """{"data":{"items":[[1,2],[3]],"total":2}}""", """{"data":{"items":[[1,2]],"total":2}}""")]
    [InlineData("/d\u00e4ta", 1, """{"d\u00e4ta":[1,2],"x":[1,2]}""", """{"d\u00e4ta":[1],"x":[1,2]}""")]
    [InlineData("/groups/*/items", 1, """{"groups":[{"items":[1,2]},{"items":[3,4]}]}""", """{"groups":[{"items":[1]},{"items":[3]}]}""")]
    public void Array_OverItsLimit_LosesItsEnd(string at, int rows, string json, string expected) =>
        Assert.Equal(expected, Cut(json, new RowLimit(Pointer(at), rows)));

    [Fact]
    public void Arrays_InsideOfEachOther_HoldTheirOwnLimits() =>
        Assert.Equal(
            """[{"items":[1]},{"items":[4]}]""",
            Cut("""[{"items":[1,2,3]},{"items":[4,5]},{"items":[6]}]""", new RowLimit(null, 2), new RowLimit(Pointer("/*/items"), 1))
        );

    [Theory]
    [InlineData("", """{"data":[1,2]}""")]
    [InlineData("", "null")]
    [InlineData("", "1,2")]
    [InlineData("", "")]
    [InlineData("", "[1,2")]
    [InlineData("", "<html>")]
    [InlineData("/data", "[1,2]")]
    [InlineData("/data", """{"data":null}""")]
    [InlineData("/data", """{"data":{"0":1}}""")]
    [InlineData("/data", """{"data":[1],"DATA":{}}""")]
    [InlineData("/data", """{"data":[1],"data":[2]}""")]
    public void Answer_OfAnotherShape_IsRefused(string at, string json) =>
        Assert.False(RowLimiter.TryLimit(Encoding.UTF8.GetBytes(json), TermSet<RowLimit>.Of(new RowLimit(Pointer(at), 1)), out _));

    [Theory]
    [InlineData("""{"error":"no","code":[1,2]}""", true)]
    [InlineData("""{"a":1,"b":2,"c":3,"d":4}""", true)]
    [InlineData("""[1,2,3]""", false)]
    [InlineData("""{"a":{"b":[[],[],[]]}}""", false)]
    [InlineData("""{"a":[[1,2],[1,2]]}""", true)]
    [InlineData("not found", false)]
    public void Failure_MayHoldNoLongerArray(string json, bool within) =>
        Assert.Equal(
            within,
            RowLimiter.IsWithin(
                Encoding.UTF8.GetBytes(json),
                TermSet<RowLimit>.Of(new RowLimit(Pointer("/data"), 2), new RowLimit(Pointer("/x"), 7))
            )
        );

    [Fact]
    public void Cut_OfAnyArray_IsItsBeginning() =>
        Prop.ForAll(
                ArbMap.Default.ArbFor<int[]>(),
                Gen.Choose(1, 20).ToArbitrary(),
                (numbers, rows) =>
                    JsonSerializer
                        .Deserialize<int[]>(Cut(JsonSerializer.Serialize(numbers), new RowLimit(null, rows)))!
                        .SequenceEqual(numbers.Take(rows))
            )
            .QuickCheckThrowOnFailure();

    private static string Cut(string json, params RowLimit[] limits)
    {
        Assert.True(RowLimiter.TryLimit(Encoding.UTF8.GetBytes(json), TermSet<RowLimit>.Of(limits), out var cut));
        return Encoding.UTF8.GetString(cut.Span);
    }

    private static ArgumentPointer? Pointer(string text) => ArgumentPointer.TryParse(text, out var pointer) ? pointer : null;
}
