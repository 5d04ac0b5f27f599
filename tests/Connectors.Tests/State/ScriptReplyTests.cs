using System.Text;
using Gateway.Connectors.State;

namespace Gateway.Connectors.Tests.State;

public sealed class ScriptReplyTests
{
    [Fact]
    public void Reply_WithAllItsWords_IsRead() =>
        Assert.Equal(new ScriptReply((byte)'R', 1795225609120885, 7, -5, 2), Read("R 1795225609120885 7 -5 2"));

    [Theory]
    [InlineData("")]
    [InlineData("A")]
    [InlineData("A ")]
    [InlineData("AB 1 2 3 4")]
    [InlineData("A 1 2 3")]
    [InlineData("A 1 2 3 4 5")]
    [InlineData("A 1 2 3 4 ")]
    [InlineData("A 1 x 3 4")]
    [InlineData("A 1  3 4")]
    [InlineData("A 1.5 2 3 4")]
    [InlineData("A 99999999999999999999 2 3 4")]
    [InlineData("OK")]
    public void Reply_ThatIsNonsense_AdmitsNothing(string text) => Assert.Equal(default, Read(text));

    [Fact]
    public void Lines_AreOneAnswerEach() =>
        Assert.Equal([new((byte)'A', 1, 2, 3, 4), new((byte)'P', 1, 2, 0, 0)], ScriptReply.Read("A 1 2 3 4\nP 1 2 0 0"u8, 2)!);

    [Theory]
    [InlineData("A 1 2 3 4")]
    [InlineData("A 1 2 3 4\n")]
    [InlineData("A 1 2 3 4\nA 1 2 3")]
    [InlineData("A 1 2 3 4\nA 1 2 3 4\nA 1 2 3 4")]
    [InlineData("")]
    public void Lines_OfWhichOneIsMissingOrNonsense_AdmitNobody(string text) => Assert.Null(ScriptReply.Read(Encoding.UTF8.GetBytes(text), 2));

    private static ScriptReply Read(string text) => ScriptReply.Read(Encoding.UTF8.GetBytes(text));
}
