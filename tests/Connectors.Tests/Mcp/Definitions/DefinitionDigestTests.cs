using System.Security.Cryptography;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Gateway.Connectors.Mcp.Definitions;

namespace Gateway.Connectors.Tests.Mcp.Definitions;

public sealed class DefinitionDigestTests
{
    [Fact]
    public void It_is_the_sha256_of_the_canonical_form_without_meta_and_icons()
    {
        var expected = Convert.ToHexStringLower(SHA256.HashData("""{"a":{"_meta":1,"icons":[]},"name":"x"}"""u8));
        Assert.Equal(expected, Of("""{ "name":"x", "_meta":{"v":1}, "a":{"icons":[],"_meta":1.0}, "\u0069cons":[{"src":"x"}] }"""));
    }

    [Fact]
    public void Order_layout_escapes_meta_and_icons_dont_count() =>
        Prop.ForAll(
                ArbMap.Default.ArbFor<int>(),
                seed =>
                {
                    var choices = new Choices(seed);
                    var definition = TestJson.AnyObject(choices, 4);
                    var others = definition.Members.Where(member => member.Name is not ("_meta" or "icons")).ToList();
                    var changed = new TestJson.Object([
                        .. others,
                        ("icons", TestJson.Any(choices, 2)),
                        ("_meta", TestJson.Any(choices, 2)),
                    ]);
                    return Of(definition.Write(choices)) == Of(changed.Write(choices)) && Of(definition.Write(choices)).Length == 64;
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Every_other_change_counts() =>
        Prop.ForAll(
                ArbMap.Default.ArbFor<int>(),
                seed =>
                {
                    var choices = new Choices(seed);
                    var definition = TestJson.AnyObject(choices, 4);
                    var (before, after) = (definition.Write(new Choices(seed)), Changed(definition, choices).Write(new Choices(seed)));
                    return Of(before) != Of(after) && Of(after).Length == 64;
                }
            )
            .QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("""[]""")]
    [InlineData("""{"a":1,"a":1}""")]
    [InlineData("""{"_meta":1,"_meta":2}""")]
    [InlineData("""{"a":{"b":1,"\u0062":1}}""")]
    [InlineData("""{"a":9007199254740993}""")]
    [InlineData("""{"a":"\ud800"}""")]
    [InlineData("""{"a":1}x""")]
    [InlineData("")]
    public void What_has_no_one_form_has_no_digest(string json) => Assert.Equal("", Of(json));

    [Fact]
    public void Instructions_are_pinned_as_the_string_that_they_are()
    {
        Assert.True(DefinitionDigest.TryOfValue("\"Use \\u0061 tool.\""u8, out var digest));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData("\"Use a tool.\""u8)), digest.ToString());
    }

    /// <summary>With one thing other somewhere, but not in what doesn't count.</summary>
    private static TestJson Changed(TestJson.Object definition, Choices choices)
    {
        var counting = definition
            .Members.Select((member, i) => (member, i))
            .Where(pair => pair.member.Name is not ("_meta" or "icons"))
            .ToList();
        if (counting.Count == 0 || choices.Below(3) == 0)
        {
            return new TestJson.Object([.. definition.Members, ("added", new TestJson.Leaf("null"))]);
        }

        var (changed, at) = choices.Of(counting);
        var members = definition.Members.ToList();
        if (choices.Below(3) == 0)
        {
            members.RemoveAt(at);
        }
        else
        {
            members[at] = (changed.Name, Other(changed.Value, choices));
        }

        return new TestJson.Object(members);
    }

    private static TestJson Other(TestJson value, Choices choices) =>
        value switch
        {
            TestJson.Leaf { Text: "1" } => new TestJson.Leaf("2"),
            TestJson.Leaf => new TestJson.Leaf("1"),
            TestJson.Array { Items.Count: > 0 } array => new TestJson.Array([
                .. array.Items.Skip(1).Prepend(Other(array.Items[0], choices)),
            ]),
            TestJson.Array => new TestJson.Array([new TestJson.Leaf("null")]),
            TestJson.Object { Members.Count: > 0 } inner => new TestJson.Object([
                .. inner.Members.Skip(1).Prepend((inner.Members[0].Name, Other(inner.Members[0].Value, choices))),
            ]),
            _ => new TestJson.Object([("_meta", new TestJson.Leaf("1"))]), // Not at the top level: it counts.
        };

    private static string Of(string json) =>
        DefinitionDigest.TryOfListed(Encoding.UTF8.GetBytes(json), out var digest) ? digest.ToString() : "";
}
