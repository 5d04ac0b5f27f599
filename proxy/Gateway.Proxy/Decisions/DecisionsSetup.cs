using Gateway.Connectors.Vaults;

namespace Gateway.Proxy.Decisions;

/// <summary>Registers the stage.</summary>
public static class DecisionsSetup
{
    public static IServiceCollection AddDecisions(this IServiceCollection services) =>
        services
            .AddSingleton(provider => new DecisionTokens(
                provider.GetRequiredService<GatewayKeys>().DecisionSigning,
                provider.GetRequiredService<TimeProvider>()
            ))
            .AddSingleton<DecisionStage>();
}
