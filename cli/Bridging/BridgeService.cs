using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Gateway.Cli.Bridging;

/// <summary>
/// Serves a program that speaks MCP over its standard streams as streamable HTTP. Has no settings but those it is given, so that no file in
/// the working directory can open another port.
/// </summary>
internal sealed class BridgeService(BridgeAddress address, BridgeAccess access, ProgramOptions program, BridgeLimits limits)
{
    private static readonly TimeSpan HeaderTime = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan IdleTime = TimeSpan.FromSeconds(60);

    /// <summary>Runs until the process is told to end, and until nothing that it started runs.</summary>
    /// <param name="listening">Called once, with the address, when the bridge can be reached.</param>
    /// <returns>False where it ended by itself: what watches over the programs was ended.</returns>
    /// <exception cref="IOException">The address can't be opened, or the watch not be started.</exception>
    public async Task<bool> RunAsync(Action<string> listening, CancellationToken cancellationToken)
    {
        NativeCalls.KeepDescriptors();
        await using var watch = FamilyWatch.Start();
        var sessions = new SessionTable(program, limits, watch);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(Configure);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = limits.StopTime + TimeSpan.FromSeconds(20));
        await using var app = builder.Build();
        app.Run(new BridgeEndpoint(sessions, access, address.Socket is not null).AnswerAsync);
        app.Lifetime.ApplicationStopping.Register(sessions.Stop);
        address.Clear();
        await app.StartAsync(cancellationToken);
        if (address.Socket is { } socket && !OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(socket, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        var sweeping = sessions.RunAsync();
        listening(address.Socket is null ? app.Urls.First() + BridgeEndpoint.Path : $"unix:{address.Socket}, path {BridgeEndpoint.Path}");
        var ending = app.WaitForShutdownAsync(cancellationToken);
        var isAlone = await Task.WhenAny(ending, watch.GoneAsync(cancellationToken)) != ending;
        if (isAlone)
        {
            app.Lifetime.StopApplication();
        }

        await ending;
        sessions.Stop();
        await sweeping;
        return !isAlone;
    }

    private void Configure(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = limits.MessageBytes;
        kestrel.Limits.RequestHeadersTimeout = HeaderTime;
        kestrel.Limits.KeepAliveTimeout = IdleTime;
        if (address.Port is { } port)
        {
            kestrel.Listen(port);
        }
        else
        {
            kestrel.ListenUnixSocket(address.Socket!);
        }
    }
}
