using System.Diagnostics;
using System.Net;
using Gateway.Policy.Model;
using Microsoft.AspNetCore.Http.Features;

namespace Gateway.Proxy.Evidence;

/// <summary>
/// Counts the requests that the server itself refused because they can't be read at all: broken framing, headers over the limit, a target
/// that isn't one. They never reach the path, and without this they would leave no trace. Nothing of them is kept but the reason and the
/// source.
/// </summary>
public sealed class UnreadableRequests(DiagnosticListener server, TenantJournals journals)
    : IHostedService,
        IObserver<KeyValuePair<string, object?>>
{
    /// <summary>Kestrel's name for it (<c>HttpProtocol</c>); its value is the request's features.</summary>
    private const string BadRequest = "Microsoft.AspNetCore.Server.Kestrel.BadRequest";

    private IDisposable? _subscription;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _subscription = server.Subscribe(this, static name => name == BadRequest);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _subscription?.Dispose();
        return Task.CompletedTask;
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value is { Key: BadRequest, Value: IFeatureCollection features })
        {
            var why = features.Get<IBadRequestExceptionFeature>()?.Error as BadHttpRequestException;
            var source = features.Get<IHttpConnectionFeature>()?.RemoteIpAddress;
            journals.Count(ReasonOf(why?.StatusCode ?? StatusCodes.Status400BadRequest), source ?? IPAddress.None);
        }
    }

    public void OnCompleted() { }

    public void OnError(Exception error) { }

    private static ReasonCode ReasonOf(int status) =>
        status switch
        {
            StatusCodes.Status408RequestTimeout => ReasonCode.RequestTimeout,
            StatusCodes.Status413PayloadTooLarge or StatusCodes.Status414UriTooLong or StatusCodes.Status431RequestHeaderFieldsTooLarge =>
                ReasonCode.RequestTooLarge,
            _ => ReasonCode.MalformedRequest,
        };
}
