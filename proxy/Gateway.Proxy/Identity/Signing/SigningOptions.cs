using Gateway.Policy.Model;

namespace Gateway.Proxy.Identity.Signing;

/// <summary>
/// What a client may choose about one signature. Nothing needs to be set; most of it exists so that a test can be exact, or wrong.
/// </summary>
public sealed record SigningOptions
{
    /// <value>From 1 s to 120 s; default 60 s. Gateway refuses longer ones.</value>
    public TimeSpan Lifetime { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Names the signature among others; a key of RFC 8941.</summary>
    public string Label { get; init; } = "gateway";

    /// <summary>Whether to say which algorithm was used. Gateway knows it from the key.</summary>
    public bool StateAlgorithm { get; init; }

    /// <summary>Null for now, in whole seconds.</summary>
    public DateTimeOffset? Created { get; init; }

    /// <summary>Null for a fresh one of 144 bits.</summary>
    public string? Nonce { get; init; }

    /// <summary>The components to cover, in order; null for all that the profile asks for and every header that the request has.</summary>
    public IReadOnlyList<string>? Components { get; init; }
}

/// <summary>Whom a client signs for; it must be what the key's record says.</summary>
public sealed record SigningIdentity(Id<Tenant> Tenant, Id<Workspace> Workspace, Id<Agent> Agent);
