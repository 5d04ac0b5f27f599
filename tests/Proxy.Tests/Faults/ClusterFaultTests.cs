using Gateway.Testing;
using Xunit.Abstractions;

namespace Gateway.Proxy.Tests.Faults;

/// <summary>A cluster is changed and broken under load.</summary>
public sealed class ClusterFaultTests(ClusterGateway fixture, ITestOutputHelper output) : IClassFixture<ClusterGateway>
{
    private const string Key = "gateway:{demo}:memory";

    private readonly StateLosses _losses = new(fixture, output);

    [Fact]
    public Task Slot_MovedToAnotherNode_AcceptsNoEarlierRequest() => _losses.LossAsync(() => fixture.Cluster.MoveSlotAsync(Key));

    [Fact]
    public async Task Node_Paused_RefusesItsTenantAndRecoversWhenItGoesOn()
    {
        RedisServer? node = null;
        await _losses.OutageAsync(
            async () => (node = await fixture.Cluster.NodeOfAsync(Key)).Pause(),
            () =>
            {
                node!.Resume();
                return Task.CompletedTask;
            }
        );
    }
}
