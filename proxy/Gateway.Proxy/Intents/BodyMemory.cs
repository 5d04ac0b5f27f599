using System.Buffers;
using System.Numerics;
using Gateway.Policy.Model;
using Gateway.Proxy.Identity;

namespace Gateway.Proxy.Intents;

/// <summary>
/// What the bodies of requests and the answers that are read whole may take of memory at once, all together. No agent holds more than it
/// leaves free: one alone has half of it, two have a third each, so that who begins a thousand large bodies and ends none only stands in
/// its own way. Without it such an agent ends the process. Thread-safe.
/// </summary>
/// <param name="most">Bytes.</param>
public sealed class BodyMemory(long most)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(Id<Tenant> Tenant, Id<Agent> Agent), long> _held = [];
    private long _all;

    /// <value>Bytes of a body: no larger one ever fits, since buffers double, each counts twice, and half is all that one agent
    /// gets.</value>
    public long MostOfOne { get; } = (long)(BitOperations.RoundUpToPowerOf2((ulong)(most / 4) + 1) / 2) - 1;

    /// <summary>For one request. Disposed when the request has ended.</summary>
    public HeldBytes For(VerifiedAgent agent) => new(this, agent);

    internal bool TryTake(VerifiedAgent agent, long bytes)
    {
        lock (_gate)
        {
            var mine = _held.GetValueOrDefault((agent.Tenant, agent.Agent)) + bytes;
            if (mine > most - _all - bytes)
            {
                return false;
            }

            _held[(agent.Tenant, agent.Agent)] = mine;
            _all += bytes;
            return true;
        }
    }

    internal void Give(VerifiedAgent agent, long bytes)
    {
        lock (_gate)
        {
            _all -= bytes;
            if ((_held[(agent.Tenant, agent.Agent)] -= bytes) == 0)
            {
                _held.Remove((agent.Tenant, agent.Agent));
            }
        }
    }
}

/// <summary>
/// What one request holds of <see cref="BodyMemory"/>, for its body and for its answer, where that is read whole; given back on disposal. A
/// body counts twice, so that an answer as large has its place before anything is sent: an action whose answer has none is done, and nobody
/// hears of it.
/// </summary>
public sealed class HeldBytes(BodyMemory memory, VerifiedAgent agent) : IDisposable
{
    /// <value>A body's first 16 KiB aren't counted: the number of connections has a bound, and each takes as much by itself.</value>
    public const int UncountedBody = 16 * 1024;

    /// <value>Nor an answer's first 64 KiB, which is more than most have.</value>
    public const int UncountedAnswer = 64 * 1024;

    private long _body;
    private long _answer;
    private long _taken;

    /// <summary>Asks for more for the request's body; false where there is too little left.</summary>
    public bool TryAddToBody(long bytes) => TryHold(_body + bytes, _answer);

    /// <summary>Asks for more for the answer; false where there is too little left.</summary>
    public bool TryAddToAnswer(long bytes) => TryHold(_body, _answer + bytes);

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _taken, 0) is > 0 and var taken)
        {
            memory.Give(agent, taken);
        }
    }

    private bool TryHold(long body, long answer)
    {
        var counted = Math.Max(0, body - UncountedBody);
        var more = counted + Math.Max(counted, answer - UncountedAnswer) - _taken;
        if (more > 0)
        {
            if (!memory.TryTake(agent, more))
            {
                return false;
            }

            _taken += more;
        }

        (_body, _answer) = (body, answer);
        return true;
    }
}

/// <summary>A buffer of the shared pool that is filled while its length isn't known.</summary>
internal static class RentedBytes
{
    /// <summary>One of twice the length with the same bytes at its start. The one that was given goes back to the pool.</summary>
    public static byte[] Grow(byte[] buffer)
    {
        var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }
}
