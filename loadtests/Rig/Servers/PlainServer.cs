using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace Gateway.LoadTests.Servers;

/// <summary>The server as Gateway sets it up, with nothing on it.</summary>
internal static class PlainServer
{
    /// <summary>
    /// As Gateway's host: by itself each server would watch the folder that it runs in, and wake up for whatever another target writes
    /// there.
    /// </summary>
    private const string NoReload = "--hostBuilder:reloadConfigOnChange=false";

    public static WebApplication Build(Uri address, Action<WebApplicationBuilder>? add = null)
    {
        var builder = WebApplication.CreateBuilder([NoReload]);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder
            .WebHost.UseUrls(address.GetLeftPart(UriPartial.Authority))
            .ConfigureKestrel(kestrel =>
            {
                kestrel.AddServerHeader = false;
                kestrel.Limits.MaxRequestBodySize = null;
            });
        add?.Invoke(builder);
        return builder.Build();
    }
}
