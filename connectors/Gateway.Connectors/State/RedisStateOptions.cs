using Gateway.Connectors.Contracts;

namespace Gateway.Connectors.State;

/// <summary>Settings of the shared state in Redis.</summary>
public sealed class RedisStateOptions
{
    /// <summary>Longer outages of the reading of the durable store are reported instead of waited for.</summary>
    internal static readonly TimeSpan RestoreDeadline = TimeSpan.FromSeconds(2);

    /// <summary><c>host:port</c>, at least one. Several name one primary and its replicas, of which the primary is used.</summary>
    public IList<string> Endpoints { get; set; } = [];

    /// <summary>The password (<c>requirepass</c>); null for none. User names of access control lists aren't supported.</summary>
    public string? Password { get; set; }

    /// <value>Default 0; from 0 to 1,000.</value>
    public int Database { get; set; }

    /// <summary>Whether to speak TLS. The certificate must be valid for the endpoint's host.</summary>
    public bool Ssl { get; set; }

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
        SettingBounds.Require(Database is >= 0 and <= 1_000, nameof(Database), "from 0 to 1,000");
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
