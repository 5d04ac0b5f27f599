namespace Gateway.Proxy.Peers;

/// <summary>Why this instance ends though nobody told it to. Whoever runs it must see a failure, or nothing starts it again.</summary>
public sealed class EndedEarly
{
    private string? _why;

    /// <value>Null where it ends as it was told, or runs.</value>
    public string? Why => Volatile.Read(ref _why);

    internal void Give(string why) => Interlocked.CompareExchange(ref _why, why, null);
}
