namespace Gateway.Proxy.Obligations;

/// <summary>Registers the room.</summary>
public static class ObligationsSetup
{
    public static IServiceCollection AddObligations(this IServiceCollection services) => services.AddSingleton<ObligationRoom>();
}
