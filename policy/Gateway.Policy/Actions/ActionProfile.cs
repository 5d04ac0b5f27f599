using Gateway.Policy.Model;

namespace Gateway.Policy.Actions;

/// <summary>
/// The action as the controls see it: the intent looked up in the snapshot, every unknown taken at its strictest. What the intent claims
/// can only add to what the documents say.
/// </summary>
public readonly struct ActionProfile
{
    /// <param name="connector">The intent's; null when it is unknown.</param>
    /// <param name="workspace">The agent's own; null when it is unknown.</param>
    public ActionProfile(AgentDossier dossier, Connector? connector, Workspace? workspace, Intent intent, Facts facts)
    {
        Dossier = dossier;
        Intent = intent;
        Facts = facts;
        Connector = connector;
        Operation = Find(Connector, intent.Operation);
        Permission = Operation is null ? null : dossier.Permissions.GetValueOrDefault((intent.Connector, intent.Operation));
        (Level, LevelNote) = EffectiveLevel.Compute(dossier, Operation, Permission, intent.Strength, facts);
        Data = intent.Data | (Operation?.Data ?? DataClasses.None);
        Environment = Stricter(
            intent.Environment,
            Stricter(workspace?.Environment ?? DeploymentEnvironment.Production, connector?.Environment ?? DeploymentEnvironment.Production)
        );
    }

    public AgentDossier Dossier { get; }

    public Intent Intent { get; }

    /// <summary>The run-time state that it is judged with.</summary>
    public Facts Facts { get; }

    public Connector? Connector { get; }

    /// <summary>Null when the connector is unknown or has no such operation.</summary>
    public Operation? Operation { get; }

    /// <summary>Null when nothing is granted.</summary>
    public ToolPermission? Permission { get; }

    public DataClasses Data { get; }

    /// <summary>Whether the operation's document says which classes it moves. What the agent claims isn't that: it could claim the
    /// harmless one.</summary>
    public bool DataIsDeclared => Operation is { Data: not DataClasses.None };

    public DeploymentEnvironment Environment { get; }

    public ActionType Action => Operation?.Action ?? ActionType.Unspecified;

    public RiskTier Risk => Operation is null or { Risk: RiskTier.Unspecified } ? RiskTier.Critical : Operation.Risk;

    public TargetScope Scope => Connector?.Scope ?? TargetScope.External;

    public AtfLevel Level { get; }

    /// <summary>For the path: what lowered the level; empty for nothing.</summary>
    public string LevelNote { get; }

    /// <summary>
    /// A model call through a model's door. Anything else is a tool, also a model connector reached through the tools' door.
    /// </summary>
    public bool IsModelCall =>
        Connector?.Type switch
        {
            ConnectorType.OpenAi => Intent.Door == Door.OpenAi,
            ConnectorType.Anthropic => Intent.Door == Door.Anthropic,
            ConnectorType.Http or ConnectorType.Mcp or ConnectorType.Unspecified or null => false,
        };

    /// <summary>What leaves with it: nothing does where the system is ours.</summary>
    public Sends Sends => Scope == TargetScope.Internal ? Sends.Nothing : Operation?.Sends ?? Sends.Content;

    /// <summary>
    /// Whether what it sends is on the path. A call with tools that a provider runs says so of each of its parts: of which one the path is
    /// kept is known only later.
    /// </summary>
    public bool SaysSends =>
        Scope == TargetScope.External
        && !Facts.BeforeSends
        && ((Action == ActionType.Read && !IsModelCall) || Intent.HostedTools.Count > 0);

    /// <summary>
    /// Whether its boundary depends on what it sends. A model call's doesn't: models, data flows and redaction are its controls. What a
    /// provider's own tool reads goes further than the provider.
    /// </summary>
    private bool IsJudgedBySends => SaysSends && Action == ActionType.Read && (!IsModelCall || Operation is { Methods.Count: 0 });

    /// <summary>
    /// An external action, or any change to somebody else's system. A read of one isn't: what it sends is judged by the boundary and as
    /// data movement.
    /// </summary>
    public bool IsExternal =>
        Action is ActionType.External or ActionType.Unspecified || (Scope == TargetScope.External && Action != ActionType.Read);

    public bool IsHighRisk => Risk >= RiskTier.High;

    /// <summary>The profile wants people to see what the level does by itself.</summary>
    public bool IsNotified => Dossier.Profile.NotifiesFrom <= Level && Action != ActionType.Read;

    public bool IsHighImpact =>
        IsHighRisk || IsExternal || Action is ActionType.Financial or ActionType.Code or ActionType.Delete or ActionType.Admin;

    /// <summary>What its profile's boundary says to it at a level.</summary>
    public BoundaryEffect EffectAt(AtfLevel level)
    {
        var boundary = Dossier.Profile.Boundary;
        return IsJudgedBySends ? boundary.EffectOf(level, Action, Risk, Scope, Sends) : boundary.EffectOf(level, Action, Risk, Scope);
    }

    private static Operation? Find(Connector? connector, Id<Operation> id)
    {
        if (connector is not null)
        {
            var operations = connector.Operations;
            for (var i = 0; i < operations.Count; i++)
            {
                if (operations[i].Id == id)
                {
                    return operations[i];
                }
            }
        }

        return null;
    }

    private static DeploymentEnvironment Stricter(DeploymentEnvironment a, DeploymentEnvironment b) =>
        a == DeploymentEnvironment.Unspecified || b == DeploymentEnvironment.Unspecified ? DeploymentEnvironment.Production
        : a > b ? a
        : b;
}

/// <summary>
/// The level that an agent is judged at: the lowest of what is assigned and backed, of every demotion, and of what its proof lets it.
/// </summary>
/// <param name="Level">Unassigned where nothing is left.</param>
/// <param name="Note">For the path: what lowered it beside the proof; empty for nothing.</param>
internal readonly record struct EffectiveLevel(AtfLevel Level, string Note)
{
    public static EffectiveLevel Compute(
        AgentDossier dossier,
        Operation? operation,
        ToolPermission? permission,
        AuthStrength strength,
        Facts facts
    )
    {
        var backing = dossier.Backing;
        var day = DateOnly.FromDateTime(facts.Now.UtcDateTime);
        var level = backing.On(day);
        var note = level < backing.Assigned ? Backed(backing, day) : "";
        if (facts.Level < level)
        {
            (level, note) = (facts.Level.Value, note + " demoted=yes");
        }

        if (IsUnlimited(dossier.Profile, operation, permission, level))
        {
            (level, note) = (dossier.Profile.Binds[LevelRequirement.Transaction] - 1, note + " lacks=transaction");
        }

        return new EffectiveLevel(Proven(level, strength, dossier.Profile), note);
    }

    /// <summary>A financial operation without a limit, where the profile asks for one.</summary>
    private static bool IsUnlimited(Profile profile, Operation? operation, ToolPermission? permission, AtfLevel level) =>
        operation is { Action: ActionType.Financial, Transaction: null }
        && permission?.Transaction is null
        && profile.Demands(LevelRequirement.Transaction, level);

    /// <summary>A bearer can be replayed, so it never acts above the profile's level for it; no proof at all has no level.</summary>
    private static AtfLevel Proven(AtfLevel level, AuthStrength strength, Profile profile) =>
        strength switch
        {
            AuthStrength.Signed => level,
            AuthStrength.Bearer => level > profile.BearerUpTo ? profile.BearerUpTo : level,
            AuthStrength.None => AtfLevel.Unassigned,
        };

    private static string Backed(LevelBacking backing, DateOnly day)
    {
        var why = backing.LacksOn(day) is { } lacks ? $" lacks={lacks}" : "";
        return $" assigned={Vocabulary.Level.Text(backing.Assigned)}{why}{(backing.Ceiling < backing.Assigned ? " demoted=yes" : "")}";
    }
}
