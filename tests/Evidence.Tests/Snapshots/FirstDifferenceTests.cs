using System.Text;
using Gateway.Evidence.Snapshots;

namespace Gateway.Evidence.Tests.Snapshots;

public sealed class FirstDifferenceTests
{
    [Theory]
    [InlineData("""{"a":1,"b":2}""", """{"a":1,"b":3}""", "/b", "2", "3")]
    [InlineData("""{"a":[1,{"b":[]}]}""", """{"a":[1,{"b":[4]}]}""", "/a/1/b/0", "nothing", "4")]
    [InlineData("""{"b":1}""", """{"a":1,"b":2}""", "/a", "nothing", "1")]
    [InlineData("""{"a/b":{"~":"x"}}""", """{"a/b":{"~":"y"}}""", "/a~1b/~0", "\"x\"", "\"y\"")]
    [InlineData("[]", "{}", "", "[]", "{}")]
    public void TheFirstMemberThatDiffers_IsNamedWithWhatBothHave(
        string recorded,
        string derived,
        string member,
        string left,
        string right
    ) => Assert.Equal(new FirstDifference(member, left, right), Of(recorded, derived));

    [Fact]
    public void TheSameBytes_DifferNowhere() => Assert.Null(Of("""{"a":[1]}""", """{"a":[1]}"""));

    [Fact]
    public void OtherBytesOfTheSameValue_DifferAllTheSame() => Assert.NotNull(Of("{}", "{ }"));

    private static FirstDifference? Of(string recorded, string derived) =>
        FirstDifference.Find(Encoding.UTF8.GetBytes(recorded), Encoding.UTF8.GetBytes(derived));
}
