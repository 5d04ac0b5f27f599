using System.ComponentModel.DataAnnotations;

namespace Gateway.Proxy.Configuration;

/// <summary>Where the governance documents are. Section <c>Gateway:Governance</c>.</summary>
public sealed class GovernanceOptions
{
    /// <value>A folder; every <c>*.yaml</c> and <c>*.yml</c> under it is read. Default <c>governance</c>.</value>
    [Required]
    public string Path { get; set; } = "governance";

    /// <value>How often the folder is looked at. Default 1 s; from 100 ms to 1 min.</value>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    [FormerName("Poll")]
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(1);
}

/// <summary>Compiles the governance documents at start and keeps following them.</summary>
public static class GovernanceSetup
{
    public static IServiceCollection AddGovernance(this IServiceCollection services, Settings settings)
    {
        var options = settings.Bind<GovernanceOptions>("Governance");
        services.AddSingleton(options);
        if (First(options, settings) is { } first)
        {
            services.AddSingleton(first).AddSingleton(new GovernanceState(first, TimeProvider.System));
        }

        return services
            .AddSingleton<TenantTurns>()
            .AddSingleton<GovernanceReload>()
            .AddHostedService(provider => provider.GetRequiredService<GovernanceReload>());
    }

    /// <summary>
    /// Null when no tenant's documents compile; everything that is wrong with them is reported then, and the process won't start.
    /// </summary>
    private static FirstGovernance? First(GovernanceOptions options, Settings settings)
    {
        try
        {
            var first = FirstGovernance.Read(options.Path);
            if (first.Tenants.Count == 0)
            {
                foreach (var error in first.Errors)
                {
                    settings.Report(error.ToString());
                }

                return null;
            }

            foreach (var warning in first.Warnings)
            {
                settings.Warn(warning);
            }

            return first;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            settings.Report($"{Settings.Root}:Governance:Path: the folder '{options.Path}' can't be read: {e.Message}");
            return null;
        }
    }
}
