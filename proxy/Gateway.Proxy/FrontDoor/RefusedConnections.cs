namespace Gateway.Proxy.FrontDoor;

/// <summary>Who listens.</summary>
public enum Listener
{
    /// <summary>The doors, and what stands in their place while the start waits.</summary>
    Agents = 0,

    /// <summary>For probes and Prometheus.</summary>
    Management = 1,

    /// <summary>The operators' API and pages.</summary>
    Operators = 2,

    /// <summary>For the other replicas.</summary>
    Peers = 3,
}

/// <summary>How many connections each listener closed since it had as many as it may have. Thread-safe.</summary>
public sealed class RefusedConnections
{
    private readonly long[] _counts = new long[Enum.GetValues<Listener>().Length];

    /// <summary>One word a listener, also where it refused nothing: what has no series can't be alerted on.</summary>
    internal IEnumerable<(string Listener, long Count)> All =>
        Enum.GetValues<Listener>().Select(one => (one.ToString().ToLowerInvariant(), Interlocked.Read(ref _counts[(int)one])));

    public void Count(Listener listener) => Interlocked.Increment(ref _counts[(int)listener]);
}
