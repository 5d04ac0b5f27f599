using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Gateway.Cli.Bridging;

/// <summary>The sessions of a bridge, up to a number. One counts until nothing of its program runs.</summary>
internal sealed class SessionTable(ProgramOptions program, BridgeLimits limits, FamilyWatch watch)
{
    private const int IdBytes = 32;
    private static readonly TimeSpan SweepTime = TimeSpan.FromMilliseconds(250);

    private readonly ConcurrentDictionary<string, Session> _open = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stop = new();
    private int _count;
    private int _started;

    /// <summary>One that is about to end is no session any more.</summary>
    public bool TryFind(string id, [NotNullWhen(true)] out Session? session) => _open.TryGetValue(id, out session) && !session.IsEnding;

    /// <summary>Starts a program, and a session with an id that nobody can guess.</summary>
    /// <returns>Null where there are as many as there may be, or the bridge is about to end.</returns>
    /// <exception cref="IOException">The program can't be started.</exception>
    public async Task<Session?> StartAsync()
    {
        if (Interlocked.Increment(ref _count) > limits.Sessions || _stop.IsCancellationRequested)
        {
            Interlocked.Decrement(ref _count);
            return null;
        }

        var log = new SessionLog($"session {Interlocked.Increment(ref _started)}", limits.ErrorLines);
        Session session;
        try
        {
            var id = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(IdBytes));
            session = await Session.StartAsync(id, program, limits, log, watch);
        }
        catch (IOException)
        {
            Interlocked.Decrement(ref _count);
            throw;
        }

        _open[session.Id] = session;
        _ = ForgetAsync(session);
        if (_stop.IsCancellationRequested)
        {
            session.End(Ending);
        }

        return session;
    }

    /// <summary>Ends what is idle or overdue, until it is stopped; then ends all.</summary>
    public async Task RunAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            await Task.Delay(SweepTime, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            foreach (var session in _open.Values)
            {
                session.Sweep();
            }
        }

        // A program that was being started when the stop came ends itself, and counts until it has.
        while (Volatile.Read(ref _count) > 0)
        {
            foreach (var session in _open.Values)
            {
                session.End(Ending);
            }

            await Task.Delay(SweepTime / 10);
        }
    }

    /// <summary>No session starts any more, and those there are begin to end.</summary>
    public void Stop()
    {
        _stop.Cancel();
        foreach (var session in _open.Values)
        {
            session.End(Ending);
        }
    }

    private const string Ending = "The bridge ends.";

    private async Task ForgetAsync(Session session)
    {
        await session.Ended.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _open.TryRemove(session.Id, out _);
        Interlocked.Decrement(ref _count);
    }
}
