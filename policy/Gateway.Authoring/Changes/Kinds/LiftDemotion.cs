namespace Gateway.Authoring.Changes.Kinds;

/// <summary>The demotion at run time ends.</summary>
internal sealed record LiftDemotion() : Change(ChangeKind.LiftDemotion, "lift the agent's demotion (gateway agents reinstate)")
{
    internal override Situation Apply(Situation situation) => situation.With(situation.Facts with { Level = null });
}
