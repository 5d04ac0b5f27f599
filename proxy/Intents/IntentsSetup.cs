using Gateway.Connectors.Http;
using Gateway.Proxy.Configuration;

namespace Gateway.Proxy.Intents;

/// <summary>Registers the room.</summary>
public static class IntentsSetup
{
    /// <summary>Of the memory that the process may use, its container's limit included.</summary>
    private const int Share = 4;

    public static IServiceCollection AddIntents(this IServiceCollection services, Settings settings)
    {
        if (!PathLookalikes.CanBeTold)
        {
            settings.Report("DOTNET_SYSTEM_GLOBALIZATION_INVARIANT: is set, and without Unicode's tables a path that a system may take for another one isn't found. Unset it, and install ICU where it is missing.");
        }

        var options = settings.Bind<IntentsOptions>("Intents");
        return services
            .AddSingleton(options)
            .AddSingleton(new BodyMemory(options.BodyMemory ?? (GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / Share)))
            .AddSingleton<BodyReader>()
            .AddSingleton<ModelIntents>()
            .AddSingleton<ToolIntents>()
            .AddSingleton<IntentRoom>();
    }
}
