using System.Net.Sockets;
using Microsoft.AspNetCore.Connections.Features;

namespace Gateway.Samples.Provider.Answering;

/// <summary>Ends a connection the rude way.</summary>
internal static class Connection
{
    /// <summary>A TCP reset: without the lingering time of zero, an abort would still close in good order.</summary>
    public static void Reset(HttpContext http)
    {
        if (http.Features.Get<IConnectionSocketFeature>()?.Socket is { } socket)
        {
            socket.LingerState = new LingerOption(true, 0);
        }

        http.Abort();
    }

    /// <summary>
    /// Ends the connection behind what was sent, with the answer incomplete. An exception after the head makes Kestrel do just that; an
    /// abort could take back bytes that the caller hasn't read yet.
    /// </summary>
    public static Task CutAsync() => throw new AnswerCutException();

    /// <summary>Says nothing more until the caller leaves.</summary>
    public static Task StallAsync(HttpContext http) => Task.Delay(Timeout.Infinite, http.RequestAborted);
}

/// <summary>Ends an answer in its middle on demand. Only Kestrel catches it.</summary>
internal sealed class AnswerCutException : Exception;
