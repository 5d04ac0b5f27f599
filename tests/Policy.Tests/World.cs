using Gateway.Policy.Compilation;
using Gateway.Policy.Documents;
using Gateway.Policy.Evaluation;
using Gateway.Policy.Model;

namespace Gateway.Policy.Tests;

/// <summary>
/// A small governed world with one agent, one connector and one operation, in which everything passes until a test changes one thing. It is
/// written as documents and compiled, so that tests judge what an author would get.
/// </summary>
internal sealed record World
{
    public string? HumanOwner { get; init; } = "Ada Sample";
    public string? SecurityOwner { get; init; } = "Ben Sample";
    public string Status { get; init; } = "active";
    public string? Level { get; init; } = "L4";
    public string AgentRisk { get; init; } = "low";
    public bool BearerTools { get; init; }

    public bool IsModel { get; init; }

    /// <summary>Model connectors: the listed tools in flow style, such as <c>{name: web_search, action: read, risk: low}</c>; all are asked for.</summary>
    public IReadOnlyList<string> HostedTools { get; init; } = [];

    public string Action { get; init; } = "read";
    public string Risk { get; init; } = "low";
    public string Scope { get; init; } = "internal";
    public string Data { get; init; } = "";

    public bool Permission { get; init; } = true;
    public bool AuditLogging { get; init; } = true;
    public bool HumanApproval { get; init; }
    public bool DryRun { get; init; }
    public int? MaxTokens { get; init; }

    /// <summary>The gate's fields in flow style, such as <c>active: true, actions: [write]</c>; null for no gate.</summary>
    public string? Gate { get; init; }

    /// <summary>A second gate.</summary>
    public string? OtherGate { get; init; }

    public string? Flow { get; init; }

    /// <summary>Scenarios that have a playbook.</summary>
    public IReadOnlyList<string> Playbooks { get; init; } = ["prompt_injection", "unauthorised_action", "rogue_agent"];

    public string? PlaybookOwner { get; init; } = "Ben Sample";

    /// <summary>Null for no test on record.</summary>
    public bool? RedTeamPassed { get; init; } = true;

    /// <summary>Tier of an open finding; null for none.</summary>
    public string? Finding { get; init; }

    /// <summary>Tier of an open risk; null for none.</summary>
    public string? OpenRisk { get; init; }

    public AuthStrength Strength { get; init; } = AuthStrength.Signed;
    public Door Door { get; init; } = Door.Tool;
    public DataClasses Claimed { get; init; }
    public DeploymentEnvironment Environment { get; init; } = DeploymentEnvironment.Development;
    public LifecycleStatus? StoredStatus { get; init; }
    public string IntentAgent { get; init; } = "agent";
    public string IntentWorkspace { get; init; } = "main";
    public string IntentTenant { get; init; } = "demo";
    public string? IntentConnector { get; init; }
    public string? IntentOperation { get; init; }

    public string Yaml => string.Join("---\n", Documents());

    public Snapshot Compile()
    {
        var result = SnapshotCompiler.Compile([new SourceFile("world.yaml", Yaml)]);
        return result.Snapshot ?? throw new InvalidOperationException(string.Join('\n', result.Errors) + "\n" + Yaml);
    }

    public Decision Judge() => Evaluator.Evaluate(Compile(), Intent(), new Facts(StoredStatus));

    public PathEntry Entry(Control control) => Judge().Path.Single(e => e.Control == control);

    public Intent Intent() => new()
    {
        Tenant = Id<Tenant>.Parse(IntentTenant),
        Workspace = Id<Workspace>.Parse(IntentWorkspace),
        Agent = Id<Agent>.Parse(IntentAgent),
        Strength = Strength,
        Door = Door,
        Connector = Id<Connector>.Parse(IntentConnector ?? "system"),
        Operation = Id<Operation>.Parse(IntentOperation ?? (IsModel ? "chat" : "act")),
        HostedTools = [.. HostedTools.Select(tool => Id<Operation>.Parse(tool.Split([' ', ','])[1]))],
        Data = Claimed,
        Environment = Environment,
        Target = new IntentTarget("POST", "https://system.example:443", "/act", Sha256Digest.Of([]), Sha256Digest.Of([])),
    };

    private IEnumerable<string> Documents()
    {
        yield return Document("Tenant", "demo", "{}", tenant: false);
        yield return Document("Workspace", "main", "{environment: development}");
        yield return Document("Agent", "agent", Fields(
            "workspace: main", $"owners: {{{Fields(Field("human", HumanOwner), Field("security", SecurityOwner))}}}", $"status: {Status}",
            Field("level", Level), $"risk: {AgentRisk}", $"bearerTools: {Yes(BearerTools)}"));
        yield return Document("Connector", "system", Fields(
            "baseAddress: 'https://system.example'", $"scope: {Scope}", "environment: development", IsModel ? Model() : Operation()));
        foreach (var document in Grants().Concat(Evidence()))
        {
            yield return document;
        }
    }

    private IEnumerable<string> Grants()
    {
        if (Permission)
        {
            yield return Document("ToolPermission", "permission", Fields(
                "agent: agent", "connector: system", "operations: \"*\"", $"auditLogging: {Yes(AuditLogging)}", $"humanApproval: {Yes(HumanApproval)}",
                $"dryRun: {Yes(DryRun)}", Field("maxTokens", MaxTokens?.ToString(System.Globalization.CultureInfo.InvariantCulture))));
        }

        if (Gate is not null)
        {
            yield return Document("ApprovalGate", "gate", Fields(Gate, "approverGroups: [owners]"));
        }

        if (OtherGate is not null)
        {
            yield return Document("ApprovalGate", "other", Fields(OtherGate, "approverGroups: [others]"));
        }
    }

    private IEnumerable<string> Evidence()
    {
        if (Flow is not null)
        {
            yield return Document("DataFlow", "flow", $"agent: agent, connector: system, dataClasses: [{Flow}]");
        }

        foreach (var scenario in Playbooks)
        {
            yield return Document("Playbook", scenario, Fields("agent: agent", $"scenario: {scenario}", Field("owner", PlaybookOwner)));
        }

        if (RedTeamPassed is { } passed)
        {
            yield return Document("RedTeamTest", "attack", $"agent: agent, passed: {Yes(passed)}, on: 2030-01-01");
        }

        foreach (var (kind, tier) in new[] { ("Finding", Finding), ("Risk", OpenRisk) })
        {
            if (tier is not null)
            {
                yield return Document(kind, "problem", $"agent: agent, tier: {tier}, open: true");
            }
        }
    }

    private string Operation() =>
        $"type: http, operations: [{{name: act, action: {Action}, risk: {Risk}, dataClasses: [{Data}], methods: [POST], path: /act}}]";

    private string Model() => $"type: openai, risk: {Risk}, dataClasses: [{Data}], models: [{{match: '*', maxTokens: 1000}}], hostedTools: [{string.Join(", ", HostedTools)}]";

    private static string Document(string kind, string name, string spec, bool tenant = true) =>
        $"apiVersion: gateway/v1\nkind: {kind}\nmetadata: {{{(tenant ? "tenant: demo, " : "")}name: '{name.Replace('_', '-')}'}}\nspec: {(spec == "{}" ? spec : spec[0] == '{' ? spec : $"{{{spec}}}")}\n";

    private static string Fields(params string?[] fields) => string.Join(", ", fields.Where(f => f is not null));

    private static string? Field(string name, string? value) => value is null ? null : $"{name}: {value}";

    private static string Yes(bool value) => value ? "true" : "false";
}
