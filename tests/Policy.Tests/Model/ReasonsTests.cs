using Gateway.Policy.Model;

namespace Gateway.Policy.Tests.Model;

public sealed class ReasonsTests
{
    [Fact]
    public void EveryReason_IsDescribedOnce()
    {
        var described = RequestReasons.All.Keys.Concat(PolicyReasons.All.Keys).Concat(DeliveryReasons.All.Keys);

        Assert.Equal(Enum.GetValues<ReasonCode>(), described.Order());
    }

    [Fact]
    public void Code_ReadAgain_GivesItsReason() =>
        Assert.All(
            Enum.GetValues<ReasonCode>().Where(code => code != ReasonCode.None),
            code => Assert.True(Reasons.TryParse(Reasons.Of(code).Code, out var read) && read == code)
        );
}
