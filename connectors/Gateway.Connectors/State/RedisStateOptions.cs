using Gateway.Connectors.Contracts;

namespace Gateway.Connectors.State;

/// <summary>Settings of the shared state in Redis.</summary>
public sealed class RedisStateOptions
{
    /// <summary>Longer outages of the reading of the durable store are reported instead of waited for.</summary>
    internal static readonly TimeSpan RestoreDeadline = TimeSpan.FromSeconds(2);

    /// <summary>
    /// <c>host:port</c>, at least one: of a primary and its replicas, of which the primary is used; of the sentinels, where
    /// <see cref="SentinelService"/> is set; of any nodes of a cluster.
    /// </summary>
    public IList<string> Endpoints { get; set; } = [];

    /// <summary>The name under which the sentinels know the primary (<c>sentinel monitor</c>); null for none.</summary>
    public string? SentinelService { get; set; }

    /// <summary>Whether the server is a cluster (<c>cluster-enabled yes</c>).</summary>
    public bool Cluster { get; set; }

    public RedisCredentials Credentials { get; set; } = new();

    /// <summary>Null for a connection without TLS.</summary>
    public RedisTls? Tls { get; set; }

    /// <value>Default 0; from 0 to 1,000. A cluster has only 0.</value>
    public int Database { get; set; }

    /// <value>What every key begins with. Default <c>gateway</c>; 1 to 32 of <c>A-Z a-z 0-9 . _ -</c>.</value>
    public string KeyPrefix { get; set; } = "gateway";

    /// <value>How long one call may take, with its retry. Default 120 ms; from 10 ms to 2 s.</value>
    public TimeSpan Deadline { get; set; } = TimeSpan.FromMilliseconds(120);

    /// <value>How far apart the clocks of signers and gateways may be. Default 5 s; from 0 to 1 min.</value>
    public TimeSpan AllowedClockSkew { get; set; } = TimeSpan.FromSeconds(5);

    /// <exception cref="SharedStateException">A setting is out of bounds; says which, and the bounds. Never carries the
    /// password.</exception>
    internal void Check()
    {
        SettingBounds.Require(
            Endpoints.Count > 0 && Endpoints.All(e => !string.IsNullOrWhiteSpace(e)),
            nameof(Endpoints),
            "at least one host:port"
        );
        SettingBounds.Require(
            Database is >= 0 and <= 1_000 && !(Cluster && Database > 0),
            nameof(Database),
            "from 0 to 1,000, 0 in a cluster"
        );
        SettingBounds.Require(!Cluster || SentinelService is null, nameof(Cluster), "off where sentinels name the primary");
        SettingBounds.Require(IsPrefix(KeyPrefix), nameof(KeyPrefix), "1 to 32 of A-Z a-z 0-9 . _ -");
        SettingBounds.Require(
            Deadline >= TimeSpan.FromMilliseconds(10) && Deadline <= TimeSpan.FromSeconds(2),
            nameof(Deadline),
            "from 10 ms to 2 s"
        );
        SettingBounds.Require(
            AllowedClockSkew >= TimeSpan.Zero && AllowedClockSkew <= TimeSpan.FromMinutes(1),
            nameof(AllowedClockSkew),
            "from 0 to 1 min"
        );
    }

    // A brace would move the hash tag; other characters would need escaping in tools.
    private static bool IsPrefix(string? text) =>
        text is { Length: >= 1 and <= 32 } && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-');
}
