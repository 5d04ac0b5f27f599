using Gateway.Connectors.Contracts;

namespace Gateway.Connectors.State;

/// <summary>Settings of the shared state in one process' own memory.</summary>
public sealed class MemoryStateOptions
{
    /// <value>How far apart the clocks of signers and gateways may be. Default 5 s; from 0 to 1 min.</value>
    public TimeSpan AllowedClockSkew { get; set; } = TimeSpan.FromSeconds(5);

    /// <value>Nonces remembered a tenant, some 100 bytes each. When they are full, requests are refused: none is forgotten early. Default
    /// 2,000,000; from 1 to 100,000,000.</value>
    public int MaxNonces { get; set; } = 2_000_000;

    /// <value>Idempotency keys remembered a tenant. When they are full, requests with a new one are refused. Default 500,000; from 1 to
    /// 10,000,000.</value>
    public int MaxIdempotencyKeys { get; set; } = 500_000;

    /// <value>Rates, concurrency limits, budgets and requests that hold some remembered a tenant, each. Default 100,000; from 1 to
    /// 10,000,000.</value>
    public int MaxKeys { get; set; } = 100_000;

    /// <exception cref="SharedStateException">A setting is out of bounds; says which, and the bounds.</exception>
    internal void Check()
    {
        SettingBounds.Require(
            AllowedClockSkew >= TimeSpan.Zero && AllowedClockSkew <= TimeSpan.FromMinutes(1),
            nameof(AllowedClockSkew),
            "from 0 to 1 min"
        );
        SettingBounds.Require(MaxNonces is >= 1 and <= 100_000_000, nameof(MaxNonces), "from 1 to 100,000,000");
        SettingBounds.Require(MaxIdempotencyKeys is >= 1 and <= 10_000_000, nameof(MaxIdempotencyKeys), "from 1 to 10,000,000");
        SettingBounds.Require(MaxKeys is >= 1 and <= 10_000_000, nameof(MaxKeys), "from 1 to 10,000,000");
    }
}
