using Gateway.Gait.Intents;
using Gateway.Policy.Rules.Intents;

namespace Gateway.Gait.Tests.Intents;

public sealed class IntentDigestsTests
{
    [Fact]
    public void Digest_IsTheSame_ForWhatMeansTheSame()
    {
        var left = IntentReader.Read(
            """
            {"tool_name":" T ","context":{"identity":"a","workspace":"\\r","risk_class":"LOW"}}
            """u8
        );
        var right = IntentReader.Read(
            """
            {
              "context": {"phase":"apply","risk_class":"low","workspace":"/r","identity":" a"},
              "args": {},
              "tool_name": "t",
              "created_at": "2026-01-01T00:00:00Z"
            }
            """u8
        );

        Assert.Equal(IntentDigests.Compute(left.Intent!), IntentDigests.Compute(right.Intent!));
    }
}
