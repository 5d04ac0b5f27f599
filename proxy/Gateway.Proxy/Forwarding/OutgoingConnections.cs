using System.Net;
using System.Net.Sockets;

namespace Gateway.Proxy.Forwarding;

/// <summary>
/// Connections to systems, as many at once as the process has files for. One that is too many waits for another to close, for as long as
/// its connector lets it: where no file is left .NET can't begin a thread, and ends the process. Of a system with several addresses one
/// that doesn't answer holds the next up for a moment only.
/// </summary>
/// <param name="most">Of all connectors together.</param>
public sealed class OutgoingConnections(int most)
{
    /// <value>RFC 8305, section 8: the delay between attempts that it recommends. .NET tries one address after the other, and a dead one
    /// takes all the time that there is.</value>
    private static readonly TimeSpan Head = TimeSpan.FromMilliseconds(250);

    // Never disposed of, which only its wait handle would need: a stream that somebody forgot gives its place back from the finalizer,
    // where an exception ends the process.
    private readonly SemaphoreSlim _free = new(most);

    /// <summary>
    /// The first connection that stands; addresses are tried in their order, the next where one has failed or not answered for a moment.
    /// </summary>
    /// <exception cref="SocketException">Nobody is there.</exception>
    /// <exception cref="OperationCanceledException">It took too long.</exception>
    public async ValueTask<Stream> ConnectAsync(IPAddress[] addresses, int port, CancellationToken cancellationToken)
    {
        using var race = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var attempts = new List<Task<Stream>>();
        try
        {
            for (var next = 0; ; )
            {
                if (next < addresses.Length && await MayBeginAsync(isFirst: attempts.Count == 0, cancellationToken))
                {
                    attempts.Add(AttemptAsync(addresses[next++], port, race.Token));
                }

                Task[] awaited = next < addresses.Length ? [.. attempts, Task.Delay(Head, race.Token)] : [.. attempts];
                var ended = await Task.WhenAny(awaited);
                cancellationToken.ThrowIfCancellationRequested();
                if (ended is Task<Stream> attempt)
                {
                    attempts.Remove(attempt);
                    if (attempt.IsCompletedSuccessfully || (attempts.Count == 0 && next == addresses.Length))
                    {
                        return await attempt;
                    }
                }
            }
        }
        finally
        {
            await race.CancelAsync();
            await ForgetAsync(attempts);
        }
    }

    private static async Task ForgetAsync(List<Task<Stream>> attempts)
    {
        foreach (var attempt in attempts)
        {
            try
            {
                await (await attempt).DisposeAsync();
            }
            catch (Exception e) when (e is SocketException or OperationCanceledException)
            {
                // As it should be: another was faster, or nobody waits any more.
            }
        }
    }

    /// <summary>Takes a place: waits for the first, and takes another only where one is free.</summary>
    private async ValueTask<bool> MayBeginAsync(bool isFirst, CancellationToken cancellationToken)
    {
        if (!isFirst)
        {
            return _free.Wait(0, CancellationToken.None);
        }

        await _free.WaitAsync(cancellationToken);
        return true;
    }

    private async Task<Stream> AttemptAsync(IPAddress address, int port, CancellationToken cancellationToken)
    {
        Socket? socket = null;
        try
        {
            socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(address, port, cancellationToken);
            return new CountedStream(socket, _free);
        }
        catch
        {
            socket?.Dispose();
            _free.Release();
            throw;
        }
    }

    /// <summary>Counts until its socket is closed, by whomever.</summary>
    private sealed class CountedStream(Socket socket, SemaphoreSlim free) : NetworkStream(socket, ownsSocket: true)
    {
        private int _left;

        protected override void Dispose(bool disposing)
        {
            base.Dispose(disposing);
            if (Interlocked.Exchange(ref _left, 1) == 0)
            {
                free.Release();
            }
        }
    }
}
