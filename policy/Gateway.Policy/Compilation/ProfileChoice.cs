using Gateway.Policy.Documents;
using Gateway.Policy.Model;

namespace Gateway.Policy.Compilation;

/// <summary>Which profile an agent is judged by: the stricter, part by part, of its tenant's and its workspace's.</summary>
internal sealed class ProfileChoice
{
    private readonly Dictionary<(Id<Tenant>, Id<Profile>), Profile> _own;
    private readonly Dictionary<(Id<Tenant>, Id<Workspace>), Profile> _chosen = [];

    public ProfileChoice(GovernanceDocuments documents)
    {
        _own = documents.Of<Profile>().ToDictionary(p => (p.Tenant, p.Id));
        var tenants = documents.Of<Tenant>().ToDictionary(t => t.Id, t => Find(t.Id, t.Profile) ?? BuiltInProfiles.Gamut);
        foreach (var workspace in documents.Of<Workspace>())
        {
            // A workspace that named a laxer profile than its tenant's would remove a guard.
            var ofTenant = tenants.GetValueOrDefault(workspace.Tenant) ?? BuiltInProfiles.Gamut;
            _chosen[(workspace.Tenant, workspace.Id)] = Find(workspace.Tenant, workspace.Profile) is { } own ? ofTenant.And(own) : ofTenant;
        }
    }

    public Profile Of(Agent agent) => _chosen[(agent.Tenant, agent.Workspace)];

    private Profile? Find(Id<Tenant> tenant, Id<Profile>? name) =>
        name is not { } id ? null : BuiltInProfiles.All.FirstOrDefault(p => p.Id == id) ?? _own[(tenant, id)];
}
