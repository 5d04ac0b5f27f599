using Gateway.Connectors.Contracts;
using Gateway.Connectors.State;
using Gateway.Policy.Model;
using Gateway.Testing;

namespace Gateway.Connectors.Tests.State;

/// <summary>Garnet speaks as Redis does, but can't be asked whether it keeps every nonce: it is refused.</summary>
public sealed class GarnetRefusalTests
{
    private static readonly Id<Tenant> Acme = Id<Tenant>.Parse("acme");

    [Fact]
    public async Task Garnet_IsRefused()
    {
        await using var server = await RedisServer.StartAsync(RedisProgram.Garnet());
        var options = RedisFixture.Options(server);
        await using var state = new RedisState(options, TimeProvider.System, (_, _) => Task.FromResult(0L));

        var error = await Assert.ThrowsAsync<SharedStateException>(() => state.PrepareAsync([Acme], default));
        Assert.Contains("is Garnet", error.Message, StringComparison.Ordinal);
        var asked = new AdmissionRequest
        {
            Tenant = Acme,
            RequestId = "r",
            Epoch = 0,
        };
        Assert.Equal(AdmissionOutcome.Unavailable, (await state.AdmitAsync(asked, default)).Outcome);
        var apart = await Assert.ThrowsAsync<SharedStateException>(() => RedisCheck.ClockOffsetAsync(options, TimeProvider.System));
        Assert.Contains("is Garnet", apart.Message, StringComparison.Ordinal);
    }
}
