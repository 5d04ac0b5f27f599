using Gateway.Policy.Compilation;
using Gateway.Policy.Model;

namespace Gateway.Policy.Evaluation;

/// <summary>
/// The action as the controls see it: the intent looked up in the snapshot, every unknown taken at its strictest. What the intent claims
/// can only add to what the documents say.
/// </summary>
public readonly struct ActionProfile
{
    public ActionProfile(TenantSnapshot tenant, AgentDossier dossier, Intent intent, Facts facts)
    {
        Dossier = dossier;
        Intent = intent;
        Facts = facts;
        Connector = tenant.Connectors.GetValueOrDefault(intent.Connector);
        Operation = Find(Connector, intent.Operation);
        Permission = Operation is null ? null : dossier.Permissions.GetValueOrDefault((intent.Connector, intent.Operation));
        (Level, LevelNote) = EffectiveLevel.Of(dossier, Operation, Permission, intent.Strength, facts);
        Data = intent.Data | (Operation?.Data ?? DataClasses.None);
        var workspace = tenant.Workspaces.GetValueOrDefault(dossier.Agent.Workspace)?.Environment ?? DeploymentEnvironment.Production;
        var connector = Connector?.Environment ?? DeploymentEnvironment.Production;
        Environment = Stricter(intent.Environment, Stricter(workspace, connector));
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
            ConnectorType.Http or ConnectorType.Unspecified or null => false,
        };

    /// <summary>
    /// An external action, or any change to somebody else's system. A read of one isn't: what it sends out is judged as data movement.
    /// </summary>
    public bool IsExternal =>
        Action is ActionType.External or ActionType.Unspecified || (Scope == TargetScope.External && Action != ActionType.Read);

    public bool IsHighRisk => Risk >= RiskTier.High;

    /// <summary>The profile wants people to see what the level does by itself.</summary>
    public bool IsNotified => Dossier.Profile.NotifiesFrom <= Level && Action != ActionType.Read;

    public bool IsHighImpact =>
        IsHighRisk || IsExternal || Action is ActionType.Financial or ActionType.Code or ActionType.Delete or ActionType.Admin;

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
