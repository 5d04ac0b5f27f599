using System.Net;
using Gateway.Gait.Serving;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Hosting;
using Microsoft.Net.Http.Headers;

namespace Gateway.Cli.Serving;

/// <summary>
/// Judges tool calls over HTTP and executes none: <c>/v1/evaluate</c> in JSON, as server-sent events and as lines. Has no settings but
/// those it is given, so that no file in the working directory can open another port.
/// </summary>
public sealed class EvaluationService(CallGate gate, EvaluationOptions options)
{
    private static readonly TimeSpan HeaderTime = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan IdleTime = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan RequestTime = TimeSpan.FromSeconds(30);

    /// <summary>Runs until it is cancelled or the process is told to end, after the requests under way.</summary>
    /// <param name="listening">Called once, with the address, when the port is open.</param>
    /// <exception cref="IOException">The port can't be opened.</exception>
    public async Task RunAsync(Action<string> listening, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(listening);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(Configure);
        await using var app = builder.Build();
        app.Run(AnswerAsync);
        await app.StartAsync(cancellationToken);
        listening(app.Urls.First());
        await app.WaitForShutdownAsync(cancellationToken);
    }

    private void Configure(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = options.MaxRequestBytes;
        kestrel.Limits.RequestHeadersTimeout = HeaderTime;
        kestrel.Limits.KeepAliveTimeout = IdleTime;
        kestrel.Listen(options.Listen);
    }

    private async Task AnswerAsync(HttpContext context)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        limit.CancelAfter(RequestTime);
        var shape = ShapeOf(context.Request.Path);
        var answer = await JudgeAsync(context.Request, shape, limit.Token);

        // A refusal is an answer of its own, whatever shape the verdict would have had.
        await answer.WriteAsync(
            context.Response,
            answer.Body.ContainsKey("verdict") ? shape : EvaluationShape.Json,
            context.RequestAborted
        );
    }

    private async Task<EvaluationAnswer> JudgeAsync(HttpRequest request, EvaluationShape shape, CancellationToken cancellationToken)
    {
        if (request.Path == "/healthz")
        {
            return HttpMethods.IsGet(request.Method)
                ? new EvaluationAnswer(200, new() { ["ok"] = true, ["service"] = "gait.mcp.serve" })
                : EvaluationAnswer.Refused(405, "Use GET.");
        }

        if (Refuse(request, shape) is { } refused)
        {
            return refused;
        }

        try
        {
            var asked = EvaluationRequest.Read(await EvaluationBody.ReadAsync(request, cancellationToken));
            return EvaluationAnswer.Of(
                await gate.DecideAsync(asked.Adapter, asked.Call, asked.RunId, cancellationToken),
                asked.Warnings,
                options.CompatibleStatus
            );
        }
        catch (CallRefusedException e)
        {
            return EvaluationAnswer.Refused(400, e.Message);
        }
        catch (Microsoft.AspNetCore.Http.BadHttpRequestException e)
        {
            return EvaluationAnswer.Refused(
                e.StatusCode,
                e.StatusCode == 413 ? $"The body is over {options.MaxRequestBytes} bytes." : "The request was broken off."
            );
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or OperationCanceledException)
        {
            // Without its trace there is no decision. Where the trace was to go is no caller's business.
            return EvaluationAnswer.Refused(503, "There is no decision: its trace can't be written in time. Execute nothing.");
        }
    }

    /// <summary>What is wrong with a request before its body is read; null for nothing.</summary>
    private EvaluationAnswer? Refuse(HttpRequest request, EvaluationShape shape) =>
        shape == EvaluationShape.Unspecified
            ? EvaluationAnswer.Refused(404, "There are /v1/evaluate, /v1/evaluate/sse, /v1/evaluate/stream and /healthz.")
        : !HttpMethods.IsPost(request.Method) ? EvaluationAnswer.Refused(405, "Use POST.")
        : options.NeedsToken && !IsProven(request) ? EvaluationAnswer.Refused(401, "Prove yourself with 'Authorization: Bearer <token>'.")
        : !options.NeedsToken && !IsOwn(request)
            ? EvaluationAnswer.Refused(
                403,
                "Without a token only programs of this machine are answered, at its loopback address, and no web pages."
            )
        : !IsJson(request) ? EvaluationAnswer.Refused(415, "The content type must be application/json.")
        : null;

    private static EvaluationShape ShapeOf(PathString path) =>
        path.Value switch
        {
            "/v1/evaluate" => EvaluationShape.Json,
            "/v1/evaluate/sse" => EvaluationShape.Events,
            "/v1/evaluate/stream" => EvaluationShape.Lines,
            _ => EvaluationShape.Unspecified,
        };

    private bool IsProven(HttpRequest request)
    {
        const string Scheme = "Bearer ";
        return request.Headers.Authorization is [{ } only]
            && only.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            && options.IsToken(only[Scheme.Length..]);
    }

    /// <summary>A page whose name was made to lead here has another host, or says its origin.</summary>
    private static bool IsOwn(HttpRequest request) =>
        request.Headers.Origin.Count == 0
        && (request.Host.Host == "localhost" || (IPAddress.TryParse(request.Host.Host, out var address) && IPAddress.IsLoopback(address)));

    private static bool IsJson(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase);
}
