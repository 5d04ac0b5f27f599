using Gateway.Policy.Actions;
using Gateway.Policy.Model;

namespace Gateway.Authoring.Changes;

/// <summary>A level is assigned, with whatever the profile asks for before it counts.</summary>
internal sealed record RaiseLevel(AtfLevel To, DateOnly On, string Text) : DossierChange(ChangeKind.RaiseLevel, Text)
{
    public static RaiseLevel For(AgentDossier dossier, Intent intent, AtfLevel to, DateOnly on)
    {
        var given = Backing.Give(dossier, intent, to, on).Given;
        var with = given.Count == 0 ? "" : $", with {Words.List(given)}";
        var what =
            dossier.Agent.Level >= to
                ? $"back the level {to} of the agent '{dossier.Agent.Id}'"
                : $"raise the agent '{dossier.Agent.Id}' to the level {to}";
        return new RaiseLevel(to, on, what + with);
    }

    internal override AgentDossier Apply(AgentDossier dossier, Intent intent)
    {
        var agent = dossier.Agent.Level >= To ? dossier.Agent : dossier.Agent with { Level = To };
        return Backing.Give(dossier with { Agent = agent }, intent, To, On).Dossier;
    }
}

/// <summary>The demotion at run time ends.</summary>
internal sealed record LiftDemotion() : Change(ChangeKind.LiftDemotion, "lift the agent's demotion (gateway agents reinstate)")
{
    internal override Situation Apply(Situation situation) => situation.With(situation.Facts with { Level = null });
}
