namespace Gateway.Proxy.Forwarding;

/// <summary>Registers the room.</summary>
public static class ForwardingSetup
{
    public static IServiceCollection AddForwarding(this IServiceCollection services) => services
        .AddHttpForwarder()
        .AddSingleton<ConnectorClients>()
        .AddSingleton<ForwardingRoom>();
}
