using Gateway.Policy.Model;

namespace Gateway.Proxy.Evidence.Triggers;

/// <summary>
/// An agent's own past on this replica, in a few numbers that anybody can check by hand: which operations it called, in which hours, and
/// its busiest minute. Whatever is seen belongs to the past from then on. At most some 50 KiB. Not thread-safe.
/// </summary>
/// <param name="begun">When it was first seen.</param>
internal sealed class AgentBaseline(long begun)
{
    /// <value>Beyond it no operation is new: an agent that calls so many has no baseline of them.</value>
    internal const int MostOperations = 1_000;

    private readonly HashSet<(Id<Connector>, Id<Operation>)> _operations = [];
    private uint _hours;
    private long _calls;
    private Minute _minute;
    private Minute _busiest;

    /// <summary>Whether the past says something: it is long enough and has enough calls.</summary>
    public bool Knows(BaselineTerms terms, Moment now) => now.Since(begun) >= terms.Learn && _calls > terms.Calls;

    public Novelty Call(Id<Connector> connector, Id<Operation> operation, long bytes, Moment now)
    {
        var hour = 1u << now.Utc.UtcDateTime.Hour;
        var isNewHour = (_hours & hour) == 0;
        _hours |= hour;
        _calls++;
        var isNewOperation = _operations.Count < MostOperations && _operations.Add((connector, operation));
        Roll(now);
        _minute = _minute with { Calls = _minute.Calls + 1, Bytes = _minute.Bytes + bytes };
        return new Novelty(isNewOperation, isNewHour, _minute, _busiest);
    }

    /// <summary>What came back for an earlier call.</summary>
    public Novelty Answer(long bytes, Moment now)
    {
        Roll(now);
        _minute = _minute with { Bytes = _minute.Bytes + bytes };
        return new Novelty(Operation: false, Hour: false, _minute, _busiest);
    }

    private void Roll(Moment now)
    {
        var number = now.Since(begun).Ticks / TimeSpan.TicksPerMinute;
        if (number != _minute.Number)
        {
            _busiest = new Minute(0, Math.Max(_busiest.Calls, _minute.Calls), Math.Max(_busiest.Bytes, _minute.Bytes));
            _minute = new Minute(number, 0, 0);
        }
    }
}

/// <summary>What an agent did in a minute.</summary>
/// <param name="Number">Since it was first seen.</param>
/// <param name="Bytes">Of its requests and their answers.</param>
internal readonly record struct Minute(long Number, long Calls, long Bytes);

/// <summary>In what a call is unlike all before it.</summary>
/// <param name="Now">The minute so far.</param>
/// <param name="Busiest">The most of any minute before.</param>
internal readonly record struct Novelty(bool Operation, bool Hour, Minute Now, Minute Busiest)
{
    /// <value>A busiest minute of less counts as this much: a multiple of nearly nothing says nothing.</value>
    internal const long LeastCalls = 10;

    /// <inheritdoc cref="LeastCalls"/>
    internal const long LeastBytes = 1 << 20;

    public long Minute => Now.Number;

    public bool IsLoud(int factor) =>
        Now.Calls > factor * Math.Max(Busiest.Calls, LeastCalls) || Now.Bytes > factor * Math.Max(Busiest.Bytes, LeastBytes);
}
