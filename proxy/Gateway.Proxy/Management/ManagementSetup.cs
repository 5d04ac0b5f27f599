namespace Gateway.Proxy.Management;

/// <summary>Registers what operators' machines ask: health, gauges, the orderly end, and the listener where there is one.</summary>
public static class ManagementSetup
{
    /// <summary>Makes all gauges be observed from now on. Nobody asks for them otherwise.</summary>
    internal static void Observe(IServiceProvider services)
    {
        foreach (var gauges in (Type[])[typeof(InstanceGauges), typeof(GovernanceGauges), typeof(EvidenceGauges), typeof(WaitingGauges)])
        {
            _ = services.GetRequiredService(gauges);
        }
    }

    public static IServiceCollection AddManagement(this IServiceCollection services, ManagementOptions options)
    {
        if (options.IsOn)
        {
            // Before the others: it is started first, and stopped last.
            services.AddHostedService<ManagementListener>();
        }

        return services
            .AddSingleton(options)
            .AddSingleton<Health>()
            .AddSingleton<InstanceGauges>()
            .AddSingleton<GovernanceGauges>()
            .AddSingleton<EvidenceGauges>()
            .AddSingleton<WaitingGauges>()
            .AddSingleton<Drain>()
            .AddHostedService(provider => provider.GetRequiredService<Drain>());
    }
}
