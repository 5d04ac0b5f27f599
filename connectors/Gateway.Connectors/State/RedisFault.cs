using System.Net.Sockets;
using StackExchange.Redis;

namespace Gateway.Connectors.State;

/// <summary>Tells what an exception of the Redis client means.</summary>
internal static class RedisFault
{
    /// <summary>
    /// The store is lost to this call, and the call refuses. All that the client throws, the time-out, and an answer of a type that can't
    /// be cast.
    /// </summary>
    public static bool IsLostStore(Exception exception) =>
        exception
            is RedisException
                or TimeoutException
                or ObjectDisposedException
                or SocketException
                or IOException
                or InvalidCastException
                or InvalidOperationException
                or OperationCanceledException;

    /// <summary>The server doesn't hold the script: it isn't the process that it was loaded into, or its scripts were flushed.</summary>
    public static bool IsNoScript(Exception exception) => StartsWith(exception, "NOSCRIPT");

    /// <summary>The server isn't a primary any more.</summary>
    public static bool IsDemoted(Exception exception) => StartsWith(exception, "READONLY") || StartsWith(exception, "MASTERDOWN");

    /// <summary>What kind it is, without its text, which may name keys: the server's own code (<c>NOAUTH</c>), or the type.</summary>
    public static string Name(Exception exception)
    {
        var code = exception is RedisServerException ? exception.Message.AsSpan() : default;
        code = code[..Math.Max(0, code.IndexOf(' '))];
        return code.Length is > 0 and <= 20 && !code.ContainsAnyExceptInRange('A', 'Z') ? code.ToString() : exception.GetType().Name;
    }

    private static bool StartsWith(Exception exception, string code) =>
        exception is RedisServerException && exception.Message.StartsWith(code, StringComparison.Ordinal);
}
