using System.ComponentModel.DataAnnotations;
using Gateway.Connectors.Contracts;
using Gateway.Connectors.State;
using Gateway.Policy.Model;
using Gateway.Proxy.Configuration;
using Gateway.Proxy.Identity;

namespace Gateway.Proxy.Admission;

/// <summary>How requests are admitted and changes followed. Section <c>Gateway:Admission</c>.</summary>
public sealed class AdmissionOptions
{
    /// <value>How often the durable store is asked for changes (revocations, suspensions, kills). Default 250 ms; from 50 ms to 1 s, the
    /// longest that a revocation may take.</value>
    [Range(typeof(TimeSpan), "00:00:00.05", "00:00:01")]
    [FormerName("Follow")]
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <value> How long the durable store or the shared epoch may be out of reach before nothing is admitted and running streams end.
    /// Default 5 s; from 1 s to 30 s. </value>
    [Range(typeof(TimeSpan), "00:00:01", "00:00:30")]
    [FormerName("Blind")]
    public TimeSpan MaxStaleness { get; set; } = TimeSpan.FromSeconds(5);

    /// <value>Settlements waiting for a lost shared store. Beyond it they are dropped, and what was held ends with its lease. Default
    /// 10,000; from 100 to 1,000,000.</value>
    [Range(100, 1_000_000)]
    public int PendingSettlements { get; set; } = 10_000;

    /// <value>How long what an instance holds for its requests (concurrency, reserved budgets) stays taken when the instance is gone; it is
    /// renewed every third of it. Default 10 s; from 3 s to 15 s.</value>
    [Range(typeof(TimeSpan), "00:00:03", "00:00:15")]
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(10);

    /// <value>Nonces of one agent's signatures that are remembered at once, each for as long as its signature counts; half of them may come
    /// together. Beyond it the agent is refused, and no other. Default 1,000,000; from 1,000 to 2,000,000.</value>
    [Range(1_000, 2_000_000)]
    public int NoncesPerAgent { get; set; } = 1_000_000;

    /// <value>Idempotency keys of one agent that are remembered at once, each for a day; half of them may come together. Beyond it requests
    /// of that agent with another key are refused. Default 20,000; from 2 to 2,000,000.</value>
    [Range(2, 2_000_000)]
    public int IdempotencyKeysPerAgent { get; set; } = 20_000;
}

/// <summary>Registers the stage and the shared state that it asks.</summary>
public static class AdmissionSetup
{
    public static IServiceCollection AddAdmission(this IServiceCollection services, Settings settings, DataOptions data)
    {
        var state = settings.Bind<StateOptions>("State");
        if (state.Kind == "memory" && data.Replicas > 1)
        {
            settings.Report(
                "Gateway:State:Kind: 'memory' is known to one process only, and Gateway:Data:Replicas says there are more. Use 'redis'."
            );
        }

        string? Find(string name) => settings.Configuration[name];
        foreach (var problem in state.Problems(Find))
        {
            settings.Report(problem);
        }

        return services
            .AddSingleton(settings.Bind<AdmissionOptions>("Admission"))
            .AddSingleton(state)
            .AddSingleton<ISharedState>(provider => Make(provider, state, Find))
            .AddSingleton<RunningRequests>()
            .AddSingleton<KillSwitch>()
            .AddSingleton<SeenChanges>()
            .AddSingleton<RevocationFeed>()
            .AddHostedService(provider => provider.GetRequiredService<RevocationFeed>())
            .AddSingleton<Func<IReadOnlyList<Id<Tenant>>>>(provider =>
            {
                var governance = provider.GetRequiredService<GovernanceState>();
                return () => governance.Current.Tenants;
            })
            .AddSingleton<HeldLeases>()
            .AddHostedService(provider => provider.GetRequiredService<HeldLeases>())
            .AddSingleton<Settlements>()
            .AddHostedService(provider => provider.GetRequiredService<Settlements>())
            .AddSingleton<Limits>()
            .AddSingleton<AdmissionStage>();
    }

    private static ISharedState Make(IServiceProvider provider, StateOptions options, Func<string, string?> find)
    {
        var skew = provider.GetRequiredService<IdentityOptions>().AllowedClockSkew;
        var time = provider.GetRequiredService<TimeProvider>();
        var store = provider.GetRequiredService<IDurableStore>();
        // The truth about a tenant's revocation epoch, for a shared state that lost its memory.
        Func<Id<Tenant>, CancellationToken, Task<long>> currentEpoch = store.LastChangeAsync;
        if (options.Kind == "memory")
        {
            return new MemoryState(new MemoryStateOptions { AllowedClockSkew = skew }, time, currentEpoch);
        }

        var redis = options.ToRedis(find);
        redis.AllowedClockSkew = skew;
        return new RedisState(redis, time, currentEpoch);
    }
}
