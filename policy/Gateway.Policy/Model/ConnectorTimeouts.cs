namespace Gateway.Policy.Model;

/// <summary>How long a connector's system may take.</summary>
/// <param name="Connect">Default 5 s; from 100 ms to 1 min.</param>
/// <param name="Idle">The longest silence, before the answer's head or inside it. Default 60 s; from 100 ms to 10 min.</param>
/// <param name="Total">From sending to the last byte. Default 10 min; from 100 ms to 1 h.</param>
public sealed record ConnectorTimeouts(TimeSpan Connect, TimeSpan Idle, TimeSpan Total)
{
    public static ConnectorTimeouts Default { get; } = new(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(60), TimeSpan.FromMinutes(10));
}
