using System.ComponentModel.DataAnnotations;
using Gateway.Connectors.Http;
using Gateway.Proxy.Configuration;

namespace Gateway.Proxy.Intents;

/// <summary>How bodies are read. Section <c>Gateway:Intents</c>.</summary>
public sealed class IntentsOptions
{
    /// <value> The most that a model call's body may have before its model, and so its connector's own limit, is known; in bytes.
    /// Default 32 MiB; from 1 KiB to 64 MiB. </value>
    [Range(1024, 64 * 1024 * 1024)]
    public int ModelRequestBytes { get; set; } = 32 * 1024 * 1024;

    /// <value> What the bodies of requests and the answers that are read whole may take of memory at once, all together; in bytes. One
    /// agent has half of it at most, and a body of more than half of that is too large, since its answer may be as large. Default a quarter
    /// of what the process may use, since what is made of a body takes memory too; from 1 MiB to 1 TiB. </value>
    [Range(1024 * 1024, 1L << 40)]
    public long? BodyMemory { get; set; }
}

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
        if (!PathLookalikes.CanDetect)
        {
            settings.Report(
                "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT: is set, and without Unicode's tables a path that a system may take for another "
                    + "one isn't found. Unset it, and install ICU where it is missing."
            );
        }

        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        if (memory < Least)
        {
            settings.Warn(
                $"This process may use {memory >> 20} MiB of memory for its heap, and needs {Least >> 20} under load: it may live and "
                    + "answer nobody. Raise DOTNET_GCHeapHardLimit, or the container's limit to 256 MiB or more."
            );
        }

        var options = settings.Bind<IntentsOptions>("Intents");
        return services
            .AddSingleton(options)
            .AddSingleton(new BodyMemory(options.BodyMemory ?? (memory / Share)))
            .AddSingleton<BodyReader>()
            .AddSingleton<IntentStage>();
    }
}
