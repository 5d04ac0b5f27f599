namespace Gateway.Policy.Model;

/// <summary>A project inside a tenant. Its agents act in its environment.</summary>
public sealed record Workspace
{
    public required Id<Tenant> Tenant { get; init; }
    public required Id<Workspace> Id { get; init; }
    public required DeploymentEnvironment Environment { get; init; }

    /// <summary>The name of its profile; null for its tenant's, which counts beside it in any case.</summary>
    public Id<Profile>? Profile { get; init; }

    public required SourcePosition Source { get; init; }
}
