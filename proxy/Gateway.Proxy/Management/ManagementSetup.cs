namespace Gateway.Proxy.Management;

/// <summary>Registers what operators' machines ask: health, gauges, the orderly end, and the listener where there is one.</summary>
public static class ManagementSetup
{
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
            .AddSingleton<Drain>()
            .AddHostedService(provider => provider.GetRequiredService<Drain>());
    }
}
