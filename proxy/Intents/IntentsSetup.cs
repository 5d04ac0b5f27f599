using Gateway.Proxy.Configuration;

namespace Gateway.Proxy.Intents;

/// <summary>Registers the room.</summary>
public static class IntentsSetup
{
    public static IServiceCollection AddIntents(this IServiceCollection services, Settings settings) => services
        .AddSingleton(settings.Bind<IntentsOptions>("Intents"))
        .AddSingleton<BodyReader>()
        .AddSingleton<ModelIntents>()
        .AddSingleton<ToolIntents>()
        .AddSingleton<IntentRoom>();
}
