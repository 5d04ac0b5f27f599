namespace Gateway.Policy.Model;

/// <summary>
/// What each ATF level may do by itself, for every action type, target scope and risk tier. Immutable. Whatever isn't in it is blocked.
/// </summary>
public sealed class BoundaryTable
{
    private const int Actions = 8;
    private const int Scopes = 2;
    private const int Levels = 5;
    private const int Tiers = 5;

    private readonly BoundaryEffect[] _effects;

    /// <param name="effectOf">Asked once for every cell. An unassigned level, action or tier is never asked about: it is blocked.</param>
    public BoundaryTable(Func<BoundaryCell, BoundaryEffect> effectOf)
    {
        ArgumentNullException.ThrowIfNull(effectOf);
        _effects = new BoundaryEffect[Levels * Actions * Tiers * Scopes];
        foreach (var cell in Cells)
        {
            _effects[Index(cell.Level, cell.Action, cell.Tier, cell.Scope)] = effectOf(cell);
        }
    }

    /// <summary>Every cell that a document can speak of, in the order of the documentation.</summary>
    public static IReadOnlyList<BoundaryCell> Cells { get; } =
    [
        .. from action in Enum.GetValues<ActionType>()
        where action != ActionType.Unspecified
        from scope in (TargetScope[])[TargetScope.Internal, TargetScope.External]
        from tier in Enum.GetValues<RiskTier>()
        where tier != RiskTier.Unspecified
        from level in Enum.GetValues<AtfLevel>()
        where level != AtfLevel.Unassigned
        select new BoundaryCell(level, action, tier, scope),
    ];

    public BoundaryEffect this[BoundaryCell cell] => EffectOf(cell.Level, cell.Action, cell.Tier, cell.Scope);

    /// <summary>An unknown level, action or scope is blocked; an unset tier is judged as critical.</summary>
    public BoundaryEffect EffectOf(AtfLevel level, ActionType action, RiskTier tier, TargetScope scope)
    {
        var known = (uint)level < Levels && (uint)action < Actions && (uint)scope < Scopes;
        return known ? _effects[Index(level, action, tier, scope)] : BoundaryEffect.Block;
    }

    /// <summary>
    /// The same where what leaves is known. An intern takes no external actions, so what it would carry to somebody else's system in a read
    /// is judged as one: what leaves counts and not the verb. From L2 on a read is a read.
    /// </summary>
    public BoundaryEffect EffectOf(AtfLevel level, ActionType action, RiskTier tier, TargetScope scope, Sends sends)
    {
        var effect = EffectOf(level, action, tier, scope);
        return level <= AtfLevel.L1 && action == ActionType.Read && scope == TargetScope.External && sends == Sends.Content
            ? (BoundaryEffect)Math.Min((int)effect, (int)EffectOf(level, ActionType.External, tier, scope))
            : effect;
    }

    private static int Index(AtfLevel level, ActionType action, RiskTier tier, TargetScope scope)
    {
        var known = tier is RiskTier.Low or RiskTier.Medium or RiskTier.High ? tier : RiskTier.Critical;
        return ((((int)level * Actions) + (int)action) * Tiers + (int)known) * Scopes + (int)scope;
    }
}

/// <summary>What an ATF level's boundary says to an action, the strictest first. The zero value blocks.</summary>
public enum BoundaryEffect
{
    Block = 0,
    RequireApproval = 1,
    Allow = 2,
}

/// <summary>One place in a boundary table.</summary>
public readonly record struct BoundaryCell(AtfLevel Level, ActionType Action, RiskTier Tier, TargetScope Scope);
