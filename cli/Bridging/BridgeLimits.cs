namespace Gateway.Cli.Bridging;

/// <summary>What bounds the bridge and each of its sessions.</summary>
internal sealed record BridgeLimits
{
    /// <value>Sessions at once, each with a program of its own; one that ends counts until nothing of it runs. Default 64.</value>
    public int Sessions { get; init; } = 64;

    /// <value>Bytes of one message, either way. Default 4 MiB.</value>
    public int MessageBytes { get; init; } = 4 << 20;

    /// <value>Until a program has answered <c>initialize</c>. Default 60 s: some are downloaded when they are first started.</value>
    public TimeSpan StartTime { get; init; } = TimeSpan.FromSeconds(60);

    /// <value>Until a program has answered a call. Default 10 min.</value>
    public TimeSpan CallTime { get; init; } = TimeSpan.FromMinutes(10);

    /// <value>How long a session may be without a message, either way. Default 1 h.</value>
    public TimeSpan IdleTime { get; init; } = TimeSpan.FromHours(1);

    /// <value>How long a program may take to end once its input has. Default 5 s.</value>
    public TimeSpan StopTime { get; init; } = TimeSpan.FromSeconds(5);

    /// <value>Lines of a program's standard error that go into the bridge's log. Default 200 a session.</value>
    public int ErrorLines { get; init; } = 200;
}
