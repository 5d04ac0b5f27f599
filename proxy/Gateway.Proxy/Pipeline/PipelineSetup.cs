using Gateway.Connectors.Vaults;
using Gateway.Proxy.Approvals;
using Gateway.Proxy.Configuration;
using Gateway.Proxy.Decisions;
using Gateway.Proxy.Forwarding;
using Gateway.Proxy.FrontDoor;
using Gateway.Proxy.Obligations;

namespace Gateway.Proxy.Pipeline;

/// <summary>Registers the path, and those of its stages that have no settings.</summary>
public static class PipelineSetup
{
    public static IServiceCollection AddPipeline(this IServiceCollection services, Settings settings) =>
        services
            .AddSingleton(provider => new DecisionTokens(
                provider.GetRequiredService<GatewayKeys>().DecisionSigning,
                provider.GetRequiredService<TimeProvider>()
            ))
            .AddSingleton<DecisionStage>()
            .AddApprovals(settings)
            .AddSingleton<ObligationStage>()
            .AddHttpForwarder()
            .AddSingleton(_ => new OutgoingConnections(OpenFiles.Outgoing(OpenFiles.Allowed() ?? long.MaxValue)))
            .AddSingleton<ConnectorClients>()
            .AddSingleton<ForwardingStage>()
            .AddSingleton(provider => new RefusalIds(
                provider.GetRequiredService<GatewayKeys>().BearerPepper,
                provider.GetRequiredService<TimeProvider>()
            ))
            .AddSingleton<Refusals>()
            .AddSingleton<SpentNonces>()
            .AddSingleton<Readings>()
            .AddSingleton<Outbound>()
            .AddSingleton<GovernedPath>()
            .AddSingleton<RequestsInCourse>();
}
