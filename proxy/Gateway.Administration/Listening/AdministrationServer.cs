using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Gateway.Administration.Calls;
using Gateway.Administration.Operations;
using Gateway.Administration.SignIn;
using Gateway.Proxy.Configuration;
using Gateway.Proxy.FrontDoor;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Options;

namespace Gateway.Administration.Listening;

/// <summary>
/// The operators' listener: a server of its own, with connections and limits of its own, so that no flood at the agents' doors keeps an
/// operator from stopping it. Neither has the other's paths.
/// </summary>
internal sealed class AdministrationServer(
    AdministrationOptions options,
    OperatorServices services,
    RefusedConnections refused,
    ILoggerFactory logs
) : IHostedService, IAsyncDisposable
{
    private const int LargestBody = 64 * 1024;

    private WebApplication? _app;

    /// <exception cref="ConfigurationException">An address is taken, or the certificate can't be used.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            _app = Build();
            await _app.StartAsync(cancellationToken);
        }
        catch (Exception e) when (e is IOException or SocketException or CryptographicException)
        {
            throw new ConfigurationException([
                $"{Settings.Root}:Administration: the operators' listener can't listen at {options.Urls}: {e.Message.TrimEnd('.')}. "
                    + "Name a free address in Urls, and readable files in Certificate and CertificateKey; empty Urls turn it off.",
            ]);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => _app?.StopAsync(cancellationToken) ?? Task.CompletedTask;

    public ValueTask DisposeAsync() => _app?.DisposeAsync() ?? ValueTask.CompletedTask;

    private WebApplication Build()
    {
        // Empty: no file and no variable of the environment sets anything of this server.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { EnvironmentName = Environments.Production });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(Listen);
        builder.Services.AddSingleton(logs);
        builder.Services.AddSingleton<IConnectionListenerFactory>(
            new BoundedListenerFactory(
                new SocketTransportFactory(Options.Create(new SocketTransportOptions()), logs),
                options.Connections,
                () => refused.Count(Listener.Operators)
            )
        );
        builder.Services.AddRoutingCore();
        builder.Services.Configure<JsonOptions>(json => Json.Set(json.SerializerOptions));
        builder.Services.Configure<RouteHandlerOptions>(handlers => handlers.ThrowOnBadRequest = true);
        builder.Services.AddOpenApi(MetaOperations.Document, OperationDocument.Describe);
        builder.Services.AddSingleton(new SignInDesk(services, new SignInThrottle(services.Time)));
        var app = builder.Build();
        var guard = new OperationGuard(options, services, logs.CreateLogger<OperationGuard>());
        var console = new ConsolePages();
        app.Use(
            async (http, next) =>
            {
                http.TraceIdentifier = Identifier.Next();
                SecurityHeaders.Set(http.Response);
                http.Response.Headers["x-request-id"] = http.TraceIdentifier;
                if (!await console.TryAnswerAsync(http))
                {
                    await next(http);
                }
            }
        );
        app.UseRouting();
        app.Use(guard.RunAsync);
        Map(app);
        return app;
    }

    private void Map(WebApplication app)
    {
        foreach (var operation in OperationTable.All)
        {
            var endpoint = app.MapMethods(AdminOperation.Root + operation.Path, [operation.Method], operation.Handler)
                .WithMetadata(operation)
                .WithSummary(operation.Summary)
                .AddEndpointFilter(new OperationRecording(operation, services));
            if (operation.Answers is { } answers)
            {
                var status = operation.Creates ? StatusCodes.Status201Created : StatusCodes.Status200OK;
                endpoint.WithMetadata(new ProducesResponseTypeMetadata(status, answers, ["application/json"]));
            }
        }
    }

    private void Listen(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = LargestBody;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(5);
        kestrel.Limits.KeepAliveTimeout = TimeSpan.FromSeconds(15); // Whoever holds idle ones would keep others from stopping something.
        kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(5));
        foreach (var address in options.Addresses)
        {
            kestrel.Listen(
                IPAddress.Parse(address.Host.Trim('[', ']')),
                address.Port,
                listener =>
                {
                    if (address.Scheme == Uri.UriSchemeHttps)
                    {
                        listener.UseHttps(https =>
                        {
                            https.ServerCertificate = X509Certificate2.CreateFromPemFile(options.Certificate, options.CertificateKey);
                            https.ServerCertificateChain = Chain();
                        });
                    }
                }
            );
        }
    }

    /// <summary>All that is in the file: a client that knows the root alone can't find what stands between by itself.</summary>
    private X509Certificate2Collection Chain()
    {
        var chain = new X509Certificate2Collection();
        chain.ImportFromPemFile(options.Certificate);
        return chain;
    }
}
