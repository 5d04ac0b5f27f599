using Xunit.Abstractions;

namespace Gateway.Proxy.Tests.Faults;

/// <summary>Sentinels replace the primary, under load.</summary>
public sealed class SentinelFaultTests(SentinelGateway fixture, ITestOutputHelper output) : IClassFixture<SentinelGateway>
{
    [Fact]
    public Task Primary_ReplacedForMaintenance_AcceptsNoEarlierRequest() =>
        new StateLosses(fixture, output).LossAsync(fixture.Sentinels.FailOverAsync);
}

/// <summary>Sentinels notice that the primary is gone, under load.</summary>
public sealed class LostPrimaryFaultTests(SentinelGateway fixture, ITestOutputHelper output) : IClassFixture<SentinelGateway>
{
    [Fact]
    public Task Primary_Killed_IsReplacedAndAcceptsNoEarlierRequest() =>
        new StateLosses(fixture, output).LossAsync(async () =>
        {
            fixture.Sentinels.Primary.Stop();
            await fixture.Sentinels.PromotedAsync();
        });
}
