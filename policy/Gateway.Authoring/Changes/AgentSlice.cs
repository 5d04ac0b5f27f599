using System.Collections.Frozen;
using Gateway.Policy.Compilation;
using Gateway.Policy.Model;

namespace Gateway.Authoring.Changes;

/// <summary>A tenant's agents, as far as one intent can depend on them: its own.</summary>
internal static class AgentSlice
{
    public static FrozenDictionary<Id<Agent>, AgentDossier> Of(AgentDossier dossier) =>
        new Dictionary<Id<Agent>, AgentDossier> { [dossier.Agent.Id] = dossier }.ToFrozenDictionary();
}
