using System.Text;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Gateway.Connectors.Mcp.Schemas.Values;

namespace Gateway.Connectors.Tests.Mcp.Schemas.Values;

public sealed class JsonSamenessTests
{
    private static readonly Gen<string> Scalars = Gen.Elements(
        "null",
        "true",
        "false",
        "0",
        "1",
        "-1",
        "1.5",
        "\"\"",
        "\"a\"",
        "\"1\"",
        "\"null\""
    );

    private static readonly Gen<string> Values = Gen.Sized(size => Value(Math.Min(size, 8)));

    [Fact]
    public void Values_are_the_same_where_the_base_library_says_so_and_have_one_hash_then() =>
        Prop.ForAll(
                Values.ToArbitrary(),
                Values.ToArbitrary(),
                (left, right) =>
                {
                    var expected = JsonNode.DeepEquals(JsonNode.Parse(left), JsonNode.Parse(right));
                    var (areSame, areHashesSame) = Compare(left, right);
                    return areSame == expected && areHashesSame == expected;
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(5000));

    [Theory]
    [InlineData("""{"a":1,"b":[1,{"c":2,"d":3}]}""", """{"b":[1.0,{"d":3e0,"c":20e-1}],"a":1}""")]
    [InlineData("""{"a":"x/y"}""", """{"\u0061":"x\/y"}""")]
    [InlineData("[100000000000000000000000]", "[1e23]")]
    [InlineData("0", "-0.0e7")]
    public void Layout_order_and_spelling_do_not_count(string left, string right) => Assert.Equal((true, true), Compare(left, right));

    [Theory]
    [InlineData("[1,2]", "[2,1]")]
    [InlineData("9007199254740993", "9007199254740992")]
    [InlineData("""{"a":1}""", """{"a":1,"b":1}""")]
    [InlineData("""{"a":1,"b":2}""", """{"a":2,"b":1}""")]
    [InlineData("""{"a":{}}""", """{"a":[]}""")]
    [InlineData("false", "0")]
    [InlineData("\"1\"", "1")]
    public void Content_does(string left, string right) => Assert.Equal((false, false), Compare(left, right));

    private static Gen<string> Value(int size)
    {
        if (size <= 1)
        {
            return Scalars;
        }

        var items = Value(size / 2).ArrayOf().Select(items => items.Take(4));
        var names = Gen.Shuffle("a", "b", "c", "\\u0061b").SelectMany(names => Gen.Choose(0, 4).Select(count => names.Take(count)));
        var members = from name in names from item in items select name.Zip(item, (n, i) => $"\"{n}\":{i}");
        return Gen.OneOf(
            Scalars,
            items.Select(list => $"[{string.Join(',', list)}]"),
            members.Select(list => $"{{{string.Join(" , ", list)}}}")
        );
    }

    private static (bool AreSame, bool AreHashesSame) Compare(string left, string right)
    {
        var (leftText, rightText, steps) = (Encoding.UTF8.GetBytes(left), Encoding.UTF8.GetBytes(right), 1_000_000L);
        using var leftTable = JsonTable.Read(leftText);
        using var rightTable = JsonTable.Read(rightText);
        var (a, b) = (0, 0);
        var areSame = JsonSameness.AreSame(leftTable.View(leftText), a, rightTable.View(rightText), b, ref steps);
        var areHashesSame =
            JsonSameness.Hash(leftTable.View(leftText), a, ref steps) == JsonSameness.Hash(rightTable.View(rightText), b, ref steps);
        Assert.True(steps > 0);
        return (areSame, areHashesSame);
    }
}
