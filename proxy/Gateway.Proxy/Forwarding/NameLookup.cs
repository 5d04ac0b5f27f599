using System.Net;

namespace Gateway.Proxy.Forwarding;

/// <summary>
/// Finds the addresses of a name on a thread of its own. The system's resolver blocks whoever asks until its name server has answered or a
/// time-out of many seconds is over, and .NET asks it on threads of the pool: twelve names whose server didn't answer held up every request
/// for 12 s, whatever system it was for. Thread-safe.
/// </summary>
internal static class NameLookup
{
    private static readonly Lock Gate = new();
    private static readonly Dictionary<string, Task<IPAddress[]>> UnderWay = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Who asks for a name that is being looked up waits for the same answer, so there are never more threads than hosts that connectors
    /// name.
    /// </summary>
    /// <exception cref="System.Net.Sockets.SocketException">There is no such name, or nobody could be asked.</exception>
    public static Task<IPAddress[]> FindAsync(string host, CancellationToken cancellationToken)
    {
        lock (Gate)
        {
            if (!UnderWay.TryGetValue(host, out var found))
            {
                found = Task.Factory.StartNew(
                    () => Find(host),
                    CancellationToken.None,
                    TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach,
                    TaskScheduler.Default
                );
                UnderWay.Add(host, found);
            }

            return found.WaitAsync(cancellationToken);
        }
    }

    private static IPAddress[] Find(string host)
    {
        try
        {
            return Dns.GetHostAddresses(host);
        }
        finally
        {
            lock (Gate)
            {
                UnderWay.Remove(host);
            }
        }
    }
}
