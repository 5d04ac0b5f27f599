using Gateway.Proxy.Configuration;

namespace Gateway.Proxy.Approvals;

/// <summary>Registers the stage, and what agents that wait for people share.</summary>
public static class ApprovalsSetup
{
    public static IServiceCollection AddApprovals(this IServiceCollection services, Settings settings)
    {
        var options = settings.Bind<ApprovalOptions>("Approvals");
        return services
            .AddSingleton(options)
            .AddSingleton<ApprovalWaits>()
            .AddSingleton<ApprovalRefusals>()
            .AddSingleton<ApprovalStage>()
            .AddSingleton<PendingApprovals>()
            .AddHostedService(provider => provider.GetRequiredService<PendingApprovals>());
    }
}
