using Gateway.Connectors.Http;
using Gateway.Proxy.Configuration;

namespace Gateway.Proxy.Intents;

/// <summary>Registers the stage.</summary>
public static class IntentsSetup
{
    /// <summary>Of the memory that the process may use, its container's limit included.</summary>
    private const int Share = 4;

    /// <value> Of memory for .NET's heap, in bytes: what a container of 256 MiB has. With half of it, under load of large bodies, .NET ran
    /// out of memory inside the server's own handling of new connections, after which it accepts none. </value>
    private const long Least = 192 << 20;

    public static IServiceCollection AddIntents(this IServiceCollection services, Settings settings)
    {
        if (!PathLookalikes.CanBeTold)
        {
            settings.Report(
                "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT: is set, and without Unicode's tables a path that a system may take for another one isn't found. Unset it, and install ICU where it is missing."
            );
        }

        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        if (memory < Least)
        {
            settings.Warn(
                $"This process may use {memory >> 20} MiB of memory for its heap, and needs {Least >> 20} under load: it may live and answer nobody. Raise DOTNET_GCHeapHardLimit, or the container's limit to 256 MiB or more."
            );
        }

        var options = settings.Bind<IntentsOptions>("Intents");
        return services
            .AddSingleton(options)
            .AddSingleton(new BodyMemory(options.BodyMemory ?? (memory / Share)))
            .AddSingleton<BodyReader>()
            .AddSingleton<ModelIntents>()
            .AddSingleton<ToolIntents>()
            .AddSingleton<IntentStage>();
    }
}
