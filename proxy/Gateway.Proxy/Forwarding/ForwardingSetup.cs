using Gateway.Proxy.FrontDoor;

namespace Gateway.Proxy.Forwarding;

/// <summary>Registers the stage.</summary>
public static class ForwardingSetup
{
    public static IServiceCollection AddForwarding(this IServiceCollection services) =>
        services
            .AddHttpForwarder()
            .AddSingleton(_ => new OutgoingConnections(OpenFiles.Outgoing(OpenFiles.Allowed() ?? long.MaxValue)))
            .AddSingleton<ConnectorClients>()
            .AddSingleton<ForwardingStage>();
}
