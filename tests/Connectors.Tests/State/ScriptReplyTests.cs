using System.Text;
using Gateway.Connectors.State;

namespace Gateway.Connectors.Tests.State;

public sealed class ScriptReplyTests
{
    [Fact]
    public void Lines_AreOneAnswerEach_AndTheFirstIsForAll() =>
        Assert.Equal(
            [
                new((byte)'A', 1795225609120885, 7, 0, 0),
                new((byte)'R', 1795225609120885, 7, -5, 2),
                new((byte)'D', 1795225609120885, 7, 0, 0, "one"),
            ],
            Read("1795225609120885 7\nA\nR -5 2\nD one", 3)!
        );

    [Theory]
    [InlineData("")]
    [InlineData("OK")]
    [InlineData("1 2")]
    [InlineData("1 2\n")]
    [InlineData("A\nA")]
    [InlineData("1\nA")]
    [InlineData("1 2 3\nA")]
    [InlineData("1  2\nA")]
    [InlineData("1 x\nA")]
    [InlineData("1.5 2\nA")]
    [InlineData("99999999999999999999 2\nA")]
    [InlineData("1 2\nA ")]
    [InlineData("1 2\nAB")]
    [InlineData("1 2\nA 1")]
    [InlineData("1 2\nA 1 ")]
    [InlineData("1 2\nA 1 2 ")]
    [InlineData("1 2\nA 1 2 3")]
    [InlineData("1 2\nA 1 x")]
    [InlineData("1 2\nD ")]
    public void Reply_ThatIsNonsense_AdmitsNothing(string text) => Assert.Null(Read(text, 1));

    [Theory]
    [InlineData("1 2\nA")]
    [InlineData("1 2\nA\n")]
    [InlineData("1 2\nA\nAB")]
    [InlineData("1 2\nA\nA\nA")]
    public void Lines_OfWhichOneIsMissingOrTooMany_AdmitNobody(string text) => Assert.Null(Read(text, 2));

    private static ScriptReply[]? Read(string text, int count) => ScriptReply.Read(Encoding.UTF8.GetBytes(text), count);
}
