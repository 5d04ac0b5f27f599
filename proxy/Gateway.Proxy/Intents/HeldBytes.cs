using Gateway.Proxy.Identity;

namespace Gateway.Proxy.Intents;

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
