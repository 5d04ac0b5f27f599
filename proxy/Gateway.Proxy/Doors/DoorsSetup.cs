using Gateway.Proxy.Configuration;
using Gateway.Proxy.Doors.Mcp;
using Gateway.Proxy.Doors.Receipts;
using Gateway.Proxy.FrontDoor;
using Gateway.Proxy.Management;
using Gateway.Proxy.Pipeline;
using Microsoft.AspNetCore.Http.Features;

namespace Gateway.Proxy.Doors;

/// <summary>Opens the doors: one handler for every request, which finds its door and takes the path.</summary>
public static class DoorsSetup
{
    public static IServiceCollection AddDoors(this IServiceCollection services, Settings settings) =>
        DoorTable
            .Add(services)
            .AddSingleton(settings.Bind<McpOptions>("Mcp"))
            .AddSingleton<PublishedKeys>()
            .AddOptions<HostOptions>()
            .Configure<FrontDoorOptions>((host, options) => host.ShutdownTimeout = options.Drain + options.Grace + Last)
            .Services;

    /// <summary>For the last records and what was cut.</summary>
    private static readonly TimeSpan Last = TimeSpan.FromSeconds(5);

    public static void UseDoors(this WebApplication app)
    {
        var path = app.Services.GetRequiredService<GovernedPath>();
        var health = app.Services.GetRequiredService<Health>();
        ManagementSetup.Observe(app.Services);
        var keys = app.Services.GetRequiredService<PublishedKeys>();
        var doors = app.Services.GetRequiredService<DoorTable>();
        app.Run(http => AnswerAsync(http, doors, path, health, keys));
    }

    private static Task AnswerAsync(HttpContext http, DoorTable doors, GovernedPath path, Health health, PublishedKeys keys)
    {
        var target = http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var question = target.IndexOf('?', StringComparison.Ordinal);
        var raw = question < 0 ? target : target[..question];
        var call = doors.Find(http.Request, raw);
        return call.LeadsNowhere ? AnswerAsync(http, raw, call, path, health, keys) : path.RunAsync(http, call);
    }

    private static async Task AnswerAsync(HttpContext http, string raw, DoorCall call, GovernedPath path, Health health, PublishedKeys keys)
    {
        if (!await health.TryAnswerAsync(http, raw) && !await keys.TryAnswerAsync(http, raw))
        {
            await path.RunAsync(http, call);
        }
    }
}
