using Gateway.Administration.Calls;
using Gateway.Administration.Listening;
using Gateway.Proxy.Configuration;

namespace Gateway.Administration;

/// <summary>Adds the operators' listener to an instance. No stage of the path knows it.</summary>
public static class AdministrationSetup
{
    public static void AddAdministration(IServiceCollection services, Settings settings)
    {
        var options = settings.Bind<AdministrationOptions>("Administration");
        options.Check(settings);
        services.AddSingleton(options).AddSingleton(new ConsoleAddress(options.Link));
        if (options.IsOn)
        {
            services.AddSingleton<OperatorServices>();
            // Last: it serves what is there.
            services.AddHostedService<AdministrationServer>();
        }
    }
}
