using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;
using Gateway.Proxy.Admission;
using Gateway.Proxy.Configuration;
using Gateway.Proxy.Credentials;
using Gateway.Proxy.Doors;
using Gateway.Proxy.Evidence;
using Gateway.Proxy.FrontDoor;
using Gateway.Proxy.Identity;
using Gateway.Proxy.Intents;
using Gateway.Proxy.Management;
using Gateway.Proxy.Notices;
using Gateway.Proxy.Peers;
using Gateway.Proxy.Pipeline;
using Gateway.Proxy.Telemetry;
using Microsoft.Extensions.Configuration.Memory;

namespace Gateway.Proxy;

/// <summary>The host: foundations, then one line a stage in the order of the path.</summary>
public static partial class Program
{
    private static readonly TimeSpan RoomAgain = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Below every other source. Their log lines a request say nothing that the journal doesn't; the host's own would also cost each
    /// request a scope and an activity. Why a start failed is said by the command, in one line; the host's would be a stack.
    /// </summary>
    private static readonly Dictionary<string, string?> Defaults = new()
    {
        ["Logging:LogLevel:Microsoft.AspNetCore"] = "Warning",
        ["Logging:LogLevel:Microsoft.AspNetCore.Hosting.Diagnostics"] = "None",
        ["Logging:LogLevel:Microsoft.Extensions.Hosting.Internal.Host"] = "Critical",
        ["Logging:LogLevel:Yarp"] = "Warning",
    };

    /// <summary>
    /// Above every other source. Settings count from the start on: watching their files watches the whole working directory, where each
    /// record of the journal would be noticed. And who connects is who connected: the host would believe anybody's <c>X-Forwarded-For</c>
    /// where <c>ASPNETCORE_FORWARDEDHEADERS_ENABLED</c> is set, as is usual for applications behind a proxy, and so let anybody pass for a
    /// trusted one.
    /// </summary>
    private static readonly string[] Fixed = ["--hostBuilder:reloadConfigOnChange=false", "--ForwardedHeaders_Enabled=false"];

    /// <summary>Builds the host and makes everything ready, so that the port opens on something that works or not at all.</summary>
    /// <exception cref="ConfigurationException">Something is configured wrongly; all of it is said.</exception>
    public static Task<WebApplication> BuildAsync(string[] args, CancellationToken cancellationToken) =>
        BuildAsync(args, static (_, _) => { }, cancellationToken);

    /// <param name="add">Adds what stands beside the path, such as the operators' listener, or a door that isn't shipped.</param>
    public static async Task<WebApplication> BuildAsync(
        string[] args,
        Action<IServiceCollection, Settings> add,
        CancellationToken cancellationToken
    )
    {
        var app = Check(args, add);
        try
        {
            var prepareAsync = app.Services.GetRequiredService<TenantPreparation>();
            var first = app.Services.GetRequiredService<FirstGovernance>();
            var left = new Queue<CompiledTenant>(first.Tenants);
            await PrepareAsync(app, () => EachAsync(left, prepareAsync, cancellationToken), cancellationToken);
            var rejectAsync = app.Services.GetRequiredService<TenantRejection>();
            foreach (var tenant in first.Refused)
            {
                await rejectAsync(tenant, cancellationToken);
            }
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }

        foreach (var warning in app.Services.GetRequiredService<Settings>().Warnings)
        {
            Log.Warning(app.Logger, warning);
        }

        return app;
    }

    /// <summary>Each is prepared once, also where it is tried again.</summary>
    private static async Task EachAsync(Queue<CompiledTenant> left, TenantPreparation prepareAsync, CancellationToken cancellationToken)
    {
        while (left.TryPeek(out var tenant))
        {
            await prepareAsync(tenant, cancellationToken);
            left.Dequeue();
        }
    }

    /// <summary>As often as a full disk stands in the way; anything else ends the start.</summary>
    private static async Task PrepareAsync(WebApplication app, Func<Task> prepareAsync, CancellationToken cancellationToken)
    {
        var isWaiting = false;
        WaitingRoom? waiting = null;
        try
        {
            while (true)
            {
                try
                {
                    await prepareAsync();
                    return;
                }
                catch (Exception e) when (WaitingRoom.IsFor(e))
                {
                    if (!isWaiting)
                    {
                        isWaiting = true;
                        Log.NoRoom(app.Logger, e);
                        var urls =
                            $"{FrontDoorOptions.UrlsOf(app.Configuration)};{app.Services.GetRequiredService<ManagementOptions>().Url}";
                        waiting = await WaitingRoom.OpenAsync(urls, app.Services, cancellationToken);
                    }
                }

                await Task.Delay(RoomAgain, app.Services.GetRequiredService<TimeProvider>(), cancellationToken);
            }
        }
        finally
        {
            if (waiting is not null)
            {
                await waiting.DisposeAsync();
            }
        }
    }

    /// <summary>Checks settings, keys and governance, and builds the host; touches no store and no journal.</summary>
    /// <exception cref="ConfigurationException">Something is configured wrongly; all of it is said.</exception>
    public static WebApplication Check(string[] args) => Check(args, static (_, _) => { });

    /// <inheritdoc cref="BuildAsync(string[], Action{IServiceCollection, Settings}, CancellationToken)"/>
    public static WebApplication Check(string[] args, Action<IServiceCollection, Settings> add)
    {
        var builder = WebApplication.CreateBuilder([.. args, .. Fixed]);
        builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = Defaults });
        var settings = new Settings(builder.Configuration);
        var data = settings.Bind<DataOptions>("Data");
        var services = builder.Services;

        services.AddSingleton(settings).AddSingleton(data).AddSingleton(TimeProvider.System);
        var management = settings.Bind<ManagementOptions>("Management");
        management.Check(settings);
        services.AddManagement(management);
        services.AddTelemetry(settings, scraped: management.IsOn);
        services.AddKeys(settings, data, builder.Environment);
        services.AddGovernance(settings);

        services.AddFrontDoor(settings, builder.WebHost);
        services.AddIdentity(settings, data);
        services.AddIntents(settings);
        services.AddAdmission(settings, data);
        services.AddCredentials(settings, data);
        services.AddEvidence(settings, data);
        services.AddPeers(settings, data);
        services.AddSingleton(new ConsoleAddress("")); // What serves one, beside the path, says where.
        services.AddPipeline(settings);
        services.AddDoors(settings);
        services.AddNotices(settings);

        services.AddSingleton<TenantPreparation>(provider =>
            async (tenant, cancellationToken) =>
            {
                await OpenAsync(provider, tenant.Tenant, cancellationToken);
                provider.GetRequiredService<KeptBodies>().Prepare(tenant.Governance.Snapshot);
                await provider.GetRequiredService<GovernanceKeeping>().KeepAsync(tenant, cancellationToken);
            }
        );
        services.AddSingleton<TenantRejection>(provider =>
            async (tenant, cancellationToken) =>
            {
                try
                {
                    // Its agents are still told apart from strangers, and what is refused of theirs is on record.
                    await OpenAsync(provider, tenant.Tenant, cancellationToken);
                }
                catch (Exception e) when (!cancellationToken.IsCancellationRequested)
                {
                    Log.NotOpened(provider.GetRequiredService<ILogger<TenantTurns>>(), tenant.Tenant, e);
                }

                await provider.GetRequiredService<GovernanceKeeping>().RejectAsync(tenant, cancellationToken);
            }
        );

        add(services, settings);
        settings.Check();
        var app = builder.Build();
        app.UseDoors();
        return app;
    }

    /// <summary>Makes a tenant's store, shared state and journal ready. Safe to call again.</summary>
    private static async Task OpenAsync(IServiceProvider provider, Id<Tenant> tenant, CancellationToken cancellationToken)
    {
        await provider.GetRequiredService<IDurableStore>().PrepareAsync([tenant], cancellationToken);
        var putBack = provider.GetRequiredService<PutBackStores>();
        await putBack.PrepareAsync(tenant, cancellationToken);
        await provider.GetRequiredService<RevocationFeed>().PrepareAsync(tenant, cancellationToken);
        await provider.GetRequiredService<ISharedState>().PrepareAsync([tenant], cancellationToken);
        var journals = provider.GetRequiredService<TenantJournals>();
        if (journals.Begin(tenant) is { } log)
        {
            // As often as it fails: an unclaimed journal stays out of use, since another replica may write it too.
            await provider.GetRequiredService<LogClaims>().PrepareAsync(tenant, log.Id, cancellationToken);
            journals.Admit(tenant);
            putBack.Follow(tenant);
            await provider.GetRequiredService<HeldLeases>().GiveBackAsync(tenant, journals.LeftOpen(tenant), cancellationToken);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(3, LogLevel.Error, "The tenant {Tenant}, whose governance is refused, can't be made ready either")]
        public static partial void NotOpened(ILogger logger, Id<Tenant> tenant, Exception exception);

        [LoggerMessage(1, LogLevel.Warning, "{Warning}")]
        public static partial void Warning(ILogger logger, string warning);

        [LoggerMessage(2, LogLevel.Error, "The start waits until there is room on the disk: make some, and it goes on by itself")]
        public static partial void NoRoom(ILogger logger, Exception exception);
    }
}
