namespace Gateway.Authoring.Changes;

/// <summary>The smallest sets of changes after which the same intent would be allowed.</summary>
/// <param name="Sets">The smallest first. Each allows; no part of one does. Empty where nothing was found.</param>
/// <param name="Judged">How many sets were judged.</param>
/// <param name="IsCutOff">The search came to its bound: there may be other sets.</param>
/// <param name="LargerMayHelp">Some way that was followed needs more than <see cref="ChangeSearch.MaxChanges"/> changes, or leads nowhere:
/// nobody looked.</param>
/// <param name="AlreadyAllowed">There is nothing to change: the action goes ahead as it is, or in its reduced form.</param>
public sealed record WouldAllow(
    IReadOnlyList<IReadOnlyList<Change>> Sets,
    int Judged,
    bool IsCutOff,
    bool LargerMayHelp,
    bool AlreadyAllowed
);
