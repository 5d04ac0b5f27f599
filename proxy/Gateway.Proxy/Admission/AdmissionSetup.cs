using Gateway.Connectors.Contracts;
using Gateway.Connectors.State;
using Gateway.Policy.Model;
using Gateway.Proxy.Configuration;
using Gateway.Proxy.Identity;

namespace Gateway.Proxy.Admission;

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

        if (state.Kind == "redis" && state.Endpoints.Count == 0)
        {
            settings.Report(
                "Gateway:State:Endpoints: there is none, and Gateway:State:Kind is 'redis'. Name its host:port in Gateway:State:Endpoints:0."
            );
        }

        return services
            .AddSingleton(settings.Bind<AdmissionOptions>("Admission"))
            .AddSingleton(state)
            .AddSingleton<ISharedState>(provider => Make(provider, state, settings.Configuration["REDIS_PASSWORD"]))
            .AddSingleton<RunningRequests>()
            .AddSingleton<RevocationFeed>()
            .AddHostedService(provider => provider.GetRequiredService<RevocationFeed>())
            .AddSingleton<Settlements>()
            .AddHostedService(provider => provider.GetRequiredService<Settlements>())
            .AddSingleton<AdmissionStage>();
    }

    private static ISharedState Make(IServiceProvider provider, StateOptions options, string? password)
    {
        var skew = provider.GetRequiredService<IdentityOptions>().AllowedClockSkew;
        var time = provider.GetRequiredService<TimeProvider>();
        var store = provider.GetRequiredService<IDurableStore>();
        Func<Id<Tenant>, CancellationToken, Task<long>> currentEpoch = (tenant, cancellationToken) =>
            LastChangeAsync(store, tenant, cancellationToken);
        return options.Kind == "memory"
            ? new MemoryState(new MemoryStateOptions { AllowedClockSkew = skew }, time, currentEpoch)
            : new RedisState(
                new RedisStateOptions
                {
                    Endpoints = options.Endpoints,
                    Password = password,
                    Ssl = options.Tls,
                    KeyPrefix = options.KeyPrefix,
                    Deadline = options.Deadline,
                    AllowedClockSkew = skew,
                },
                time,
                currentEpoch
            );
    }

    /// <summary>The truth about a tenant's revocation epoch, for a store that lost its memory.</summary>
    private static async Task<long> LastChangeAsync(IDurableStore store, Id<Tenant> tenant, CancellationToken cancellationToken)
    {
        const int Batch = 1000;
        long last = 0;
        while (await store.ChangesAfterAsync(tenant, last, Batch, cancellationToken) is { Count: > 0 } changes)
        {
            last = changes[^1].Sequence;
        }

        return last;
    }
}
