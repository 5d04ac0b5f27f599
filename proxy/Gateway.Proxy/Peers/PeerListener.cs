using System.Buffers.Text;
using Gateway.Proxy.FrontDoor;
using Microsoft.AspNetCore.Http.Features;

namespace Gateway.Proxy.Peers;

/// <summary>
/// Answers peers at an address of their own, by a server of its own with few connections: agents can't take them, and a flood there takes
/// nothing of the agents'. What isn't a new question of a peer's gets 404 and not a word.
/// </summary>
internal sealed class PeerListener : IHostedService, IDisposable
{
    /// <summary>In front of a question, in base64url.</summary>
    public const string Path = "/peers/v1/";

    private const int Most = 64;

    private readonly SideServer _server;
    private readonly PeerAnswers _answers;

    public PeerListener(PeersOptions options, PeerAnswers answers, IServiceProvider services)
    {
        _answers = answers;
        _server = new SideServer(Listener.Peers, [options.Url], Most, services, AnswerAsync);
    }

    public Task StartAsync(CancellationToken cancellationToken) => _server.StartAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => _server.StopAsync(cancellationToken);

    public void Dispose() => _server.Dispose();

    private async Task AnswerAsync(IFeatureCollection features)
    {
        var http = new DefaultHttpContext(features);
        if (
            HttpMethods.IsGet(http.Request.Method)
            && Question(http.Request.Path.Value ?? "") is { } question
            && await _answers.AnswerAsync(question, http.RequestAborted) is { } answer
        )
        {
            http.Response.ContentType = "application/octet-stream";
            http.Response.ContentLength = answer.Length;
            await http.Response.Body.WriteAsync(answer, http.RequestAborted);
            return;
        }

        http.Response.StatusCode = StatusCodes.Status404NotFound;
    }

    private static byte[]? Question(string path)
    {
        if (!path.StartsWith(Path, StringComparison.Ordinal) || path.Length > 2 * PeerSeal.MaxQuestion)
        {
            return null;
        }

        try
        {
            return Base64Url.DecodeFromChars(path.AsSpan(Path.Length));
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
