using System.ComponentModel.DataAnnotations;
using Gateway.Policy.Compilation;

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

/// <summary>
/// Makes everything that a tenant needs ready (its store, its shared state, its journal) before a snapshot that names it comes into force,
/// and keeps the snapshot for whoever audits what is judged by it. Throws when something can't be made ready; the snapshot isn't taken
/// then.
/// </summary>
public delegate Task TenantPreparation(CompiledGovernance governance, CancellationToken cancellationToken);

/// <summary>Compiles the governance documents at start and keeps following them.</summary>
public static class GovernanceSetup
{
    public static IServiceCollection AddGovernance(this IServiceCollection services, Settings settings)
    {
        var options = settings.Bind<GovernanceOptions>("Governance");
        services.AddSingleton(options);
        if (First(options, settings) is { } first)
        {
            services.AddSingleton(first).AddSingleton(new GovernanceState(first.Governance.Snapshot, TimeProvider.System));
        }

        return services.AddSingleton<GovernanceReload>().AddHostedService(provider => provider.GetRequiredService<GovernanceReload>());
    }

    /// <summary>
    /// Null when the documents don't compile; everything that is wrong with them is reported then, and the process won't start.
    /// </summary>
    private static FirstGovernance? First(GovernanceOptions options, Settings settings)
    {
        try
        {
            var followed = new FollowedGovernance(options.Path);
            followed.Take(followed.Look(thorough: false)!);
            var result = followed.Compile();
            foreach (var error in result.Errors)
            {
                settings.Report(error.ToString());
            }

            return result.Value is { } governance ? new FirstGovernance(governance, followed) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            settings.Report($"{Settings.Root}:Governance:Path: the folder '{options.Path}' can't be read: {e.Message}");
            return null;
        }
    }
}
