using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;
using Gateway.Proxy.Tests.Attacks;
using Gateway.Proxy.Tests.Faults;
using Gateway.Proxy.Tests.Running;
using Gateway.Proxy.Tests.StandIn;
using Gateway.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Proxy.Tests.Evidence.Triggers;

/// <summary>The sample triggers, all of them at work, while the sample agents go about their day.</summary>
public sealed class EverydayLoadTests
{
    private const int Rounds = 60;

    [Fact]
    public async Task Everyday_calls_of_all_kinds_fire_none_of_the_sample_triggers()
    {
        await using var provider = await RunningStandIn.StartAsync();
        await using var gateway = await RunningGateway.StartAsync(provider.Address, data: null, Enforced());
        var keys = (Assistant: await gateway.NewBearerAsync("assistant"), Intern: await gateway.NewBearerAsync("intern"));
        var signer = await gateway.NewSignerAsync("assistant");

        await Parallel.ForAsync(
            0,
            Rounds,
            new ParallelOptions { MaxDegreeOfParallelism = 4 },
            async (round, _) =>
            {
                Assert.Equal(200, (await gateway.ChatAsync(keys.Assistant, $"question {round}")).Status);
                Assert.Equal(200, (await gateway.ChatAsync(keys.Intern, $"report {round}")).Status);
                Assert.Equal(200, (await gateway.SignedAsync(signer)).Status);
                Assert.Equal(200, (await gateway.SignedAsync(signer, "/tools/crm/contacts")).Status);
                await gateway.ChatAsync(keys.Assistant, "!error 429");
                await gateway.ChatAsync(keys.Assistant, "!reset");
                if (round % 6 == 0)
                {
                    // What goes wrong on any day: a typo, and something that needs more than the agent has.
                    Assert.Equal("unknown_operation", (await gateway.SignedAsync(signer, "/tools/crm/contact")).Code);
                    Assert.NotEqual(200, (await gateway.SignedAsync(signer, "/tools/nowhere/x")).Status);
                }
            }
        );

        Assert.Equal(200, (await gateway.ChatAsync(keys.Assistant)).Status);
        Assert.Equal(200, (await gateway.ChatAsync(keys.Intern)).Status);
        var store = gateway.Services.GetRequiredService<IDurableStore>();
        foreach (var agent in new[] { "assistant", "intern" })
        {
            var id = Id<Agent>.Parse(agent);
            Assert.Null(await store.FindLifecycleAsync(RunningGateway.Demo, id, CancellationToken.None));
            Assert.Null(await store.FindLevelAsync(RunningGateway.Demo, id, CancellationToken.None));
        }

        Assert.DoesNotContain(
            JournalReading.Records(gateway.JournalPath, "demo").Select(record => record.GetProperty("body")),
            body => body.TryGetProperty("kind", out var kind) && kind.GetString() == "trigger_fired"
        );
    }

    /// <summary>Each sample once more, and at work.</summary>
    private static string Enforced()
    {
        var samples = File.ReadAllText(Path.Combine(Repository.Root, "samples", "governance", "triggers.yaml"));
        Assert.Equal(5, samples.Split("mode: shadow").Length - 1);
        return samples
            .Replace("mode: shadow", "mode: enforce", StringComparison.Ordinal)
            .Replace("tenant: demo, name: ", "tenant: demo, name: acting-", StringComparison.Ordinal);
    }
}
