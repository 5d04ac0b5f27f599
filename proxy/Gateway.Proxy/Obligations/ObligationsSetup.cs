namespace Gateway.Proxy.Obligations;

/// <summary>Registers the stage.</summary>
public static class ObligationsSetup
{
    public static IServiceCollection AddObligations(this IServiceCollection services) => services.AddSingleton<ObligationStage>();
}
