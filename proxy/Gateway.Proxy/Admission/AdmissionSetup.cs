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
    /// <value>How often the durable store is asked for changes (revocations, suspensions). Default 250 ms; from 50 ms to 1 s, the longest
    /// that a revocation may take.</value>
    [Range(typeof(TimeSpan), "00:00:00.05", "00:00:01")]
    [FormerName("Follow")]
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <value> How long the durable store or the shared epoch may be out of reach before nothing is admitted and running streams end.
    /// Default 5 s; from 1 s to 30 s. </value>
    [Range(typeof(TimeSpan), "00:00:01", "00:00:30")]
    [FormerName("Blind")]
    public TimeSpan MaxStaleness { get; set; } = TimeSpan.FromSeconds(5);

    /// <value>Settlements waiting for a lost shared store. Beyond it they are dropped, and what was reserved stays charged. Default 10,000;
    /// from 100 to 1,000,000.</value>
    [Range(100, 1_000_000)]
    public int PendingSettlements { get; set; } = 10_000;
}

/// <summary>Which shared state. Section <c>Gateway:State</c>.</summary>
public sealed class StateOptions
{
    /// <value><c>memory</c> (one process only) or <c>redis</c>. Default <c>memory</c>.</value>
    [Required, RegularExpression("memory|redis", ErrorMessage = "must be 'memory' or 'redis'.")]
    public string Kind { get; set; } = "memory";

    /// <value>For redis: <c>host:port</c> of the one server, or of each address that it may be reached by. The password is
    /// <c>REDIS_PASSWORD</c>, at the top of the configuration.</value>
    public IList<string> Endpoints { get; set; } = [];

    /// <value>For redis: whether to speak TLS to it. Default false.</value>
    public bool Tls { get; set; }

    /// <value>For redis: the beginning of every key. Default <c>gateway</c>.</value>
    [Required, RegularExpression("[a-z0-9-]{1,32}")]
    public string KeyPrefix { get; set; } = "gateway";

    /// <value>For redis: how long one call may take before the request is refused. Default 120 ms, which leaves a busy machine room to
    /// refuse within 250 ms; from 10 ms to 2 s.</value>
    [Range(typeof(TimeSpan), "00:00:00.01", "00:00:02")]
    public TimeSpan Deadline { get; set; } = TimeSpan.FromMilliseconds(120);
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

        if (state.Kind == "redis" && state.Endpoints.Count == 0)
        {
            settings.Report(
                "Gateway:State:Endpoints: there is none, and Gateway:State:Kind is 'redis'. Name its host:port in "
                    + "Gateway:State:Endpoints:0."
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
