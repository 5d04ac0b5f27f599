using System.Diagnostics.CodeAnalysis;

namespace Gateway.Policy.Model;

/// <summary>The isolation boundary. Nothing of one tenant exists for another.</summary>
public sealed record Tenant
{
    /// <summary>The one that a document is of that names none.</summary>
    public static Id<Tenant> Default { get; } = Id<Tenant>.Parse("default");

    public required Id<Tenant> Id { get; init; }

    /// <summary>Requests that all agents of the tenant may make together; null for no limit of its own.</summary>
    public RateLimit? Rate { get; init; }

    /// <summary>Model tokens that all agents of the tenant may use together; null for no limit of its own.</summary>
    public TokenBudget? ModelTokens { get; init; }

    /// <summary>Limits of each of its agents that says none of its own; null for the built-in ones.</summary>
    public StatedLimits? AgentDefaults { get; init; }

    /// <summary>The name of its profile; null for <c>gamut</c>.</summary>
    public Id<Profile>? Profile { get; init; }

    /// <summary>The changes that nobody may make without saying why, beside those that always need a reason.</summary>
    public IReadOnlyList<GovernedChange> ReasonsFor { get; init; } = [];

    /// <summary>The sensitive capabilities that it has beside roles and permissions; none unless they are listed.</summary>
    public Entitlements Entitlements { get; init; }

    public required SourcePosition Source { get; init; }

    /// <summary>False, with the line that would change it, where the tenant isn't entitled.</summary>
    public bool IsEntitled(Entitlement needed, [NotNullWhen(false)] out MissingEntitlement? missing)
    {
        missing = Entitlements.Include(needed) ? null : new MissingEntitlement(Id, needed, Source);
        return missing is null;
    }
}

/// <summary>A project inside a tenant. Its agents act in its environment.</summary>
public sealed record Workspace
{
    /// <summary>The one that an agent is in whose document names none.</summary>
    public static Id<Workspace> Default { get; } = Id<Workspace>.Parse("main");

    public required Id<Tenant> Tenant { get; init; }
    public required Id<Workspace> Id { get; init; }
    public required DeploymentEnvironment Environment { get; init; }

    /// <summary>The name of its profile; null for its tenant's, which counts beside it in any case.</summary>
    public Id<Profile>? Profile { get; init; }

    public required SourcePosition Source { get; init; }
}
