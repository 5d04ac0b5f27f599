using Gateway.Samples.Provider.Answering;
using Gateway.Samples.Provider.Anthropic;
using Gateway.Samples.Provider.Crm;
using Gateway.Samples.Provider.Mcp;
using Gateway.Samples.Provider.OpenAi;
using Gateway.Samples.Provider.Recording;

namespace Gateway.Samples.Provider;

/// <summary>
/// A stand-in for what agents reach through Gateway: an OpenAI dialect, an Anthropic dialect, a small CRM, and an MCP server. Its answers
/// are a function of the request; the only clock in them is <c>created</c>. It fails on demand (see <see cref="Directives"/>) and shows
/// what it received.
/// </summary>
public static class StandIn
{
    private const string DefaultAddress = "http://127.0.0.1:8081";
    private const long LargestBody = 128L * 1024 * 1024;

    /// <summary>Built, not started. <c>--urls http://127.0.0.1:0</c> picks a free port: read <c>Urls</c> after the start.</summary>
    public static WebApplication Build(string[] args)
    {
        // Empty, so that no appsettings.json of a program next door is read by mistake.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { Args = args });
        builder.Configuration.AddEnvironmentVariables().AddCommandLine(args);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = LargestBody);
        builder.Services.AddRoutingCore();

        // An endless stream must not hold up the end.
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(1));

        var app = builder.Build();
        if (string.IsNullOrEmpty(app.Configuration["urls"]))
        {
            app.Urls.Add(DefaultAddress);
        }

        Map(app, app.Configuration.GetSection("StandIn").Get<StandInOptions>() ?? new StandInOptions());
        return app;
    }

    private static void Map(WebApplication app, StandInOptions options)
    {
        var recorder = new Recorder(options.Seen);
        app.Use(next => http => recorder.RecordAsync(http, next));
        app.UseRouting();
        Inspection.Map(app, recorder);
        OpenAiDialect.Map(app, options.OpenAiKey);
        AnthropicDialect.Map(app, options.AnthropicKey);
        CrmApi.Map(app, options.CrmToken);
        McpServer.Map(app, options.McpToken);
        app.MapFallback(Unknown);
    }

    private static Task Unknown(HttpContext http)
    {
        http.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }
}

/// <summary>Settings under <c>StandIn</c>. The keys are no secrets: they open nothing but this program.</summary>
internal sealed class StandInOptions
{
    public string OpenAiKey { get; set; } = "standin-openai-key";

    public string AnthropicKey { get; set; } = "standin-anthropic-key";

    public string CrmToken { get; set; } = "standin-crm-token";

    public string McpToken { get; set; } = "standin-mcp-token";

    /// <value>How many of the last requests <c>/_seen</c> shows. Default 256; 0 keeps none, for load tests.</value>
    public int Seen { get; set; } = 256;
}
