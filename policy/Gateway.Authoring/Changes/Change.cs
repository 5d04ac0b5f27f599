using Gateway.Policy.Actions;
using Gateway.Policy.Model;

namespace Gateway.Authoring.Changes;

/// <summary>
/// One thing that somebody could change: in the documents, in the request, at run time, or by saying yes. Changes are equal when they do
/// the same. Immutable.
/// </summary>
/// <param name="Kind">Which of the closed list.</param>
/// <param name="Text">What to do, one sentence for people; names and limits only, never content.</param>
public abstract record Change(ChangeKind Kind, string Text)
{
    /// <summary>The kind as answers name it: lower case and underscores.</summary>
    public string Name => Words.Snake(Kind.ToString());

    public sealed override string ToString() => Text;

    /// <summary>The situation after it; the same one where there is nothing to change.</summary>
    internal abstract Situation Apply(Situation situation);
}

/// <summary>A change of the agent's own dossier. Without a registered agent there is nothing to change.</summary>
public abstract record DossierChange(ChangeKind Kind, string Text) : Change(Kind, Text)
{
    internal sealed override Situation Apply(Situation situation) =>
        situation.Dossier is { } dossier ? situation.With(Apply(dossier, situation.Intent)) : situation;

    internal abstract AgentDossier Apply(AgentDossier dossier, Intent intent);
}
