using Gateway.Policy.Compilation;

namespace Gateway.Proxy.Configuration;

/// <summary>Compiles the governance documents at start and keeps following them.</summary>
public static class GovernanceSetup
{
    public static IServiceCollection AddGovernance(this IServiceCollection services, Settings settings)
    {
        var options = settings.Bind<GovernanceOptions>("Governance");
        services.AddSingleton(options);
        if (First(options, settings) is { } first)
        {
            services.AddSingleton(first).AddSingleton(new GovernanceState(first.Snapshot, TimeProvider.System));
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
            var files = GovernanceFiles.Read(options.Path);
            var result = SnapshotCompiler.Compile(files);
            foreach (var error in result.Errors)
            {
                settings.Report(error.ToString());
            }

            return result.Snapshot is { } snapshot ? new FirstGovernance(snapshot, files) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            settings.Report($"{Settings.Root}:Governance:Path: the folder '{options.Path}' can't be read: {e.Message}");
            return null;
        }
    }
}
