using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Yarp.ReverseProxy.Forwarder;

namespace Gateway.LoadTests.Servers;

/// <summary>
/// YARP as Gateway uses it and nothing else: its forwarder called directly, the connections set up alike. Its full pipeline (routes,
/// clusters, health) costs a little more, and against that Gateway would look better than it is.
/// </summary>
internal static class YarpServer
{
    public static WebApplication Build(Uri address, Uri upstream)
    {
        var app = PlainServer.Build(address, builder => builder.Services.AddHttpForwarder());
        var forwarder = app.Services.GetRequiredService<IHttpForwarder>();
        var invoker = new HttpMessageInvoker(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                AutomaticDecompression = DecompressionMethods.None,
                UseCookies = false,
                UseProxy = false,
                ActivityHeadersPropagator = null,
                EnableMultipleHttp2Connections = true,
                ConnectTimeout = TimeSpan.FromSeconds(5),
                PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            }
        );
        var config = new ForwarderRequestConfig
        {
            Version = HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        };
        var prefix = upstream.ToString();
        app.Run(async http => await forwarder.SendAsync(http, prefix, invoker, config));
        return app;
    }
}
