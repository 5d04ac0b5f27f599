using Gateway.Proxy.Telemetry;

namespace Gateway.Proxy.Tests.Telemetry;

public sealed class BoundedNamesTests
{
    [Fact]
    public void TheFirstNames_KeepTheirLabel_AndTheRestIsOther_HoweverManyComeAtOnce()
    {
        var names = new BoundedNames(3);
        Parallel.For(0, 64, _ => Assert.Equal("a", names.Of("a")));
        Assert.Equal(["b", "c", "other", "a"], new[] { "b", "c", "d", "a" }.Select(names.Of));
    }
}
