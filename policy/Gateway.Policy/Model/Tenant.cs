namespace Gateway.Policy.Model;

/// <summary>The isolation boundary. Nothing of one tenant exists for another.</summary>
public sealed record Tenant
{
    public required Id<Tenant> Id { get; init; }

    /// <summary>Requests that all agents of the tenant may make together; null for no limit of its own.</summary>
    public RateLimit? Rate { get; init; }

    /// <summary>Model tokens that all agents of the tenant may use together; null for no limit of its own.</summary>
    public TokenBudget? ModelTokens { get; init; }

    /// <summary>The name of its profile; null for <c>gamut</c>.</summary>
    public Id<Profile>? Profile { get; init; }

    public required SourcePosition Source { get; init; }
}
