using Gateway.Proxy.Configuration;
using Gateway.Proxy.Tests.Running;
using Gateway.Proxy.Tests.StandIn;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Proxy.Tests.Configuration;

public sealed class GovernanceReloadTests
{
    /// <remarks>The instance's own look is one of them: it comes every second, and nobody's command knows when.</remarks>
    [Fact]
    public async Task Everybody_who_looks_goes_on_only_once_what_changed_is_in_force_whoever_looks_beside_them()
    {
        await using var provider = await RunningStandIn.StartAsync();
        await using var gateway = await RunningGateway.StartAsync(provider.Address);
        var (reload, state) = (
            gateway.Services.GetRequiredService<GovernanceReload>(),
            gateway.Services.GetRequiredService<GovernanceState>()
        );
        var file = Path.Combine(gateway.GovernancePath, "kill.yaml");
        for (var round = 0; round < 20; round++)
        {
            var before = state.Revisions;
            if (round % 2 == 0)
            {
                await File.WriteAllTextAsync(
                    file,
                    $"apiVersion: gateway/v1\nkind: Kill\nmetadata: {{tenant: demo, name: inc-{round}}}\nspec: {{scope: tenant}}\n"
                );
            }
            else
            {
                File.Delete(file);
            }

            var seen = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(LookAsync)));
            Assert.All(seen, revision => Assert.Equal(before + 1, revision));
        }

        async Task<long> LookAsync()
        {
            await reload.LookAgainAsync(CancellationToken.None);
            return state.Revisions;
        }
    }
}
