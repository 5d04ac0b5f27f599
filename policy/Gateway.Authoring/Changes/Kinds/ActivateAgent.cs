using Gateway.Policy.Model;

namespace Gateway.Authoring.Changes.Kinds;

/// <summary>The document says active, and the store says nothing against it.</summary>
internal sealed record ActivateAgent(Id<Agent> Agent)
    : Change(ChangeKind.ActivateAgent, $"activate the agent '{Agent}': status active in its document, and no suspension at run time")
{
    internal override Situation Apply(Situation situation) =>
        situation.Dossier is not { } dossier
            ? situation
            : situation
                .With(dossier with { Agent = dossier.Agent with { Status = LifecycleStatus.Active } })
                .With(situation.Facts with { Status = null });
}
