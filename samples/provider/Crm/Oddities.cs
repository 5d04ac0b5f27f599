using System.Globalization;
using System.Text;
using Gateway.Samples.Provider.Answering;

namespace Gateway.Samples.Provider.Crm;

/// <summary>
/// Answers that a careless proxy would pass on. What directives do (<c>?standin=!half</c>) works on every CRM path as well.
/// </summary>
internal static class Oddities
{
    public static void Map(IEndpointRouteBuilder app, Door door)
    {
        app.MapGet("/crm/_slow", door.Of(null, SlowAsync));
        app.MapGet("/crm/redirect", door.Of(null, Redirect));
        app.MapGet("/crm/big", door.Of(null, BigAsync));
        app.MapGet("/crm/garbage", door.Of(null, GarbageAsync));
        app.MapGet("/crm/headers", door.Of(null, HeadersAsync));
        app.MapGet("/crm/gzip", door.Of(null, GzipAsync));
        app.MapGet("/crm/leak", door.Of(null, LeakAsync));
    }

    private static async Task SlowAsync(Exchange exchange)
    {
        await Task.Delay(Number(exchange, "ms", 1000), exchange.Http.RequestAborted);
        await exchange.SendAsync("""{"slow":true}""");
    }

    /// <summary>To another host, or to <c>?to=</c>: whoever follows it carries the credential there.</summary>
    private static Task Redirect(Exchange exchange)
    {
        var to = exchange.Http.Request.Query["to"].ToString();
        exchange.Http.Response.Redirect(to.Length == 0 ? "http://elsewhere.invalid/crm/contacts" : to);
        return Task.CompletedTask;
    }

    private static async Task BigAsync(Exchange exchange)
    {
        var left = Number(exchange, "bytes", 1024 * 1024);
        exchange.Http.Response.ContentType = "application/json";
        var block = Encoding.ASCII.GetBytes(new string('x', 16 * 1024));
        await exchange.Http.Response.BodyWriter.WriteAsync("\""u8.ToArray(), exchange.Http.RequestAborted);
        for (left -= 2; left > 0; left -= block.Length)
        {
            await exchange.Http.Response.BodyWriter.WriteAsync(
                block.AsMemory(0, Math.Min(left, block.Length)),
                exchange.Http.RequestAborted
            );
        }

        await exchange.Http.Response.BodyWriter.WriteAsync("\""u8.ToArray(), exchange.Http.RequestAborted);
    }

    private static Task GarbageAsync(Exchange exchange) =>
        JsonAnswer.SendPlainAsync(exchange.Http, StatusCodes.Status200OK, "{\"contacts\":[}}<not json\0");

    /// <summary>Headers that would speak in the proxy's own name, or reach the agent's cookie jar.</summary>
    private static Task HeadersAsync(Exchange exchange)
    {
        var headers = exchange.Http.Response.Headers;
        headers.SetCookie = "session=standin; Path=/";
        headers.Server = "standin/1.0";
        headers["Gateway-Decision"] = "allow";
        headers["Gateway-Decision-Id"] = "forged";
        headers["X-Internal-Host"] = "crm-7.internal";
        return exchange.SendAsync("""{"headers":true}""");
    }

    private static Task GzipAsync(Exchange exchange)
    {
        // The directive does the work; here it is a page of its own, so that no query is needed.
        var gzip = Directives.Parse("!gzip");
        return JsonAnswer.SendAsync(exchange.Http, gzip, StatusCodes.Status200OK, """{"compressed":true,"email":"ada@example.com"}""");
    }

    /// <summary>A system that says the caller's credential back.</summary>
    private static Task LeakAsync(Exchange exchange) => exchange.SendAsync($$"""{"token":{{Wire.Quote(exchange.Credential)}}}""");

    private static int Number(Exchange exchange, string name, int otherwise) =>
        int.TryParse(exchange.Http.Request.Query[name], CultureInfo.InvariantCulture, out var number) && number >= 0 ? number : otherwise;
}
