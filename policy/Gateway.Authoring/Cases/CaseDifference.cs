namespace Gateway.Authoring.Cases;

/// <summary>One thing that came out otherwise than wanted.</summary>
/// <param name="What">As the case's file calls it: <c>verdict</c>, <c>reasons</c> …</param>
public sealed record CaseDifference(string What, string Wanted, string Got)
{
    public override string ToString() => $"{What}: wanted {Wanted}, got {Got}";
}
