using Gateway.Policy.Model;

namespace Gateway.Authoring.Cases;

/// <summary>What somebody wants to be decided about one or more actions under governance documents. Immutable.</summary>
/// <param name="Name">As reports show it.</param>
/// <param name="Intents">At least one: all must get the wanted answer.</param>
/// <param name="Source">Where the case begins.</param>
public sealed record PolicyCase(string Name, IReadOnlyList<CaseIntent> Intents, Facts Facts, WantedAnswer Wanted, SourcePosition Source);

/// <summary>One of a case's actions.</summary>
/// <param name="Source">Where it is written.</param>
public sealed record CaseIntent(Intent Intent, SourcePosition Source);
