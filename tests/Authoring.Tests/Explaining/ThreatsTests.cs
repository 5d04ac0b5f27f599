using Gateway.Authoring.Explaining;
using Gateway.Policy.Model;

namespace Gateway.Authoring.Tests.Explaining;

public sealed class ThreatsTests
{
    [Fact]
    public void Threats_OfEveryReason_AreKnownAndOnce() =>
        Assert.All(
            Enum.GetValues<ReasonCode>(),
            reason =>
            {
                var threats = Threats.Of(reason);
                Assert.Equal(threats.Count, threats.Select(t => t.Id).Distinct().Count());
                Assert.All(threats, threat => Assert.NotEmpty(threat.Name));
                Assert.True(Reasons.Of(reason).Owasp is not { } own || threats.Any(t => t.Id == own));
            }
        );

    [Fact]
    public void Threats_OfAReason_ComeFromTheListsThatFit()
    {
        Assert.Equal(["LLM06", "ASI02", "AML.T0053"], Threats.Of(ReasonCode.ToolNotPermitted).Select(t => t.Id));
        Assert.Equal(["OWASP LLM 2025", "OWASP Agentic 2026", "MITRE ATLAS"], Threats.Of(ReasonCode.ToolNotPermitted).Select(t => t.List));
        Assert.Empty(Threats.Of(ReasonCode.UnknownDoor));
    }
}
