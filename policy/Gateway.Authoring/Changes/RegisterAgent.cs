using Gateway.Policy.Actions;
using Gateway.Policy.Compilation;
using Gateway.Policy.Model;

namespace Gateway.Authoring.Changes;

/// <summary>An Agent document where there is none: owned, active, of low risk, at a level that is backed.</summary>
internal sealed record RegisterAgent(AtfLevel Level, Profile Profile, DateOnly On, string Text) : Change(ChangeKind.RegisterAgent, Text)
{
    /// <summary>Null where the profile that it would be judged by isn't known, or no level would do.</summary>
    public static RegisterAgent? For(Situation situation, Operation? operation, TargetScope scope)
    {
        if (situation.Tenant is not { } tenant || ProfileOf(tenant, situation.Intent.Workspace) is not { } profile)
        {
            return null;
        }

        var level = operation is null ? AtfLevel.L1 : LevelFor(profile, operation, scope, situation.Intent.Model is not null);
        var text =
            $"register the agent '{situation.Intent.Agent}' in the workspace '{situation.Intent.Workspace}': "
            + $"both owners named, active, level {level} with what backs it";
        return level == AtfLevel.Unassigned
            ? null
            : new RegisterAgent(level, profile, DateOnly.FromDateTime(situation.Facts.Now.UtcDateTime), text);
    }

    internal override Situation Apply(Situation situation)
    {
        if (situation.Tenant is null || situation.Dossier is not null)
        {
            return situation;
        }

        var intent = situation.Intent;
        var agent = new Agent
        {
            Tenant = intent.Tenant,
            Workspace = intent.Workspace,
            Id = intent.Agent,
            HumanOwner = Placeholder.Person,
            SecurityOwner = Placeholder.Person,
            Status = LifecycleStatus.Active,
            Risk = RiskTier.Low,
            Level = Level,
            Source = Placeholder.Source,
        };
        var dossier = new AgentDossier
        {
            Agent = agent,
            Limits = new AgentLimits(agent, situation.Tenant?.Tenant.AgentDefaults),
            Profile = Profile,
            Backing = LevelBacking.Compute(agent, Profile, new AgentEvidence([], [], [])),
            Permissions = Placeholder.NoPermissions,
            DataFlows = [],
            Playbooks = [],
            RedTeamTests = [],
            OpenFindings = [],
        };
        return situation.With(Backing.Give(dossier, intent, Level, On).Dossier);
    }

    /// <summary>That of the workspace's other agents; else one that ships, when the tenant and the workspace name no other.</summary>
    private static Profile? ProfileOf(TenantSnapshot tenant, Id<Workspace> workspace)
    {
        if (tenant.Agents.Values.FirstOrDefault(d => d.Agent.Workspace == workspace) is { } neighbour)
        {
            return neighbour.Profile;
        }

        var ofTenant = Shipped(tenant.Tenant.Profile);
        return tenant.Workspaces.GetValueOrDefault(workspace)?.Profile is not { } own ? ofTenant
            : Shipped(own) is { } ofWorkspace ? ofTenant?.And(ofWorkspace)
            : null;
    }

    private static Profile? Shipped(Id<Profile>? name) =>
        name is { } id ? BuiltInProfiles.All.FirstOrDefault(p => p.Id == id) : BuiltInProfiles.Gamut;

    /// <summary>As the boundary judges it: a model call is the only read whose content isn't asked about.</summary>
    private static AtfLevel LevelFor(Profile profile, Operation operation, TargetScope scope, bool isModelCall)
    {
        var sends = operation.Methods.Count > 0 && isModelCall ? Sends.Nothing : operation.Sends ?? Sends.Content;
        for (var level = AtfLevel.L1; level <= AtfLevel.L4; level++)
        {
            if (profile.Boundary.EffectOf(level, operation.Action, operation.Risk, scope, sends) != BoundaryEffect.Block)
            {
                return level;
            }
        }

        return AtfLevel.Unassigned;
    }
}
