using System.Collections.Frozen;

namespace Gateway.Policy.Model;

/// <summary>Who may let an action go ahead in an emergency, alone, in place of all whom its gate asks.</summary>
/// <param name="Groups">At least one.</param>
/// <param name="PerDay">How often one person may, in 24 hours; from 1 to <see cref="MostPerDay"/>.</param>
public sealed record BreakGlass(IReadOnlyList<string> Groups, int PerDay)
{
    public const int MostPerDay = 3;

    /// <value>How long it can be used: 5 minutes, or less where the gate says less.</value>
    public static TimeSpan MostTimeToUse { get; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// The people of the groups, as <see cref="PersonName.Of"/> has them; nobody where no group has a document. Filled in when the tenant's
    /// documents are put together.
    /// </summary>
    public IReadOnlySet<string> People { get; init; } = FrozenSet<string>.Empty;
}
