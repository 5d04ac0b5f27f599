namespace Gateway.Proxy.Pipeline;

/// <summary>Registers the path.</summary>
public static class PipelineSetup
{
    public static IServiceCollection AddPipeline(this IServiceCollection services) =>
        services.AddSingleton<Outbound>().AddSingleton<GovernedPath>();
}
