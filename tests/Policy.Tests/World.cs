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

    /// <summary>
    /// Model connectors: the listed tools in flow style, such as <c>{name: web_search, action: read, risk: low}</c>; all are asked for.
    /// </summary>
    public IReadOnlyList<string> HostedTools { get; init; } = [];

    public string Action { get; init; } = "read";
    public string Risk { get; init; } = "low";
    public string Scope { get; init; } = "internal";
    public string Data { get; init; } = "";

    /// <summary>What the operation sends; null where it doesn't say.</summary>
    public string? Sends { get; init; }

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

    /// <value>When each playbook was tried; null for never.</value>
    public string? PlaybookTestedOn { get; init; } = "2029-06-01";

    public string RedTeamOn { get; init; } = "2029-06-01";

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

    public string Profile { get; init; } = "gamut";

    /// <summary>Documents of other kinds, such as a Profile.</summary>
    public string? More { get; init; }

    /// <summary>
    /// Rules of a policy in flow style, one a string, such as <c>{name: a, effect: block, match: {actions: [write]}}</c>; none for no
    /// policy.
    /// </summary>
    public IReadOnlyList<string> Rules { get; init; } = [];

    /// <summary>More of the policy, such as <c>combine: first-tier</c>.</summary>
    public string? Policy { get; init; }

    public string? Purpose { get; init; } = "Answers questions.";
    public string Purposes { get; init; } = "";
    public string OperationPurposes { get; init; } = "";

    /// <summary>Such as <c>system/act</c>; null for no manifest.</summary>
    public string? Capabilities { get; init; }

    public bool Rate { get; init; }
    public string? Cumulative { get; init; }
    public string? Hours { get; init; }
    public string? PermissionHours { get; init; }
    public string? Transaction { get; init; }
    public string? PermissionTransaction { get; init; }
    public string? Demote { get; init; }

    /// <summary>In flow style, such as <c>{to: L2, on: 2029-01-01, signedBy: [Cy, Di]}</c>.</summary>
    public string Promotions { get; init; } = "";

    public DateTimeOffset Now { get; init; } = new(2030, 1, 2, 12, 0, 0, TimeSpan.Zero); // A Wednesday.
    public AtfLevel? StoredLevel { get; init; }
    public string Arguments { get; init; } = "";

    /// <summary>The same world under <c>atf-strict</c>, with everything that it asks for.</summary>
    public World Strictly() =>
        this with
        {
            Profile = "atf-strict",
            Rate = true,
            Cumulative = "calls: 100, per: 1d",
            Capabilities = IsModel ? "system/chat" : "system/act",
            Transaction = Action == "financial" ? "amount: /amount, max: 100" : Transaction,
            Promotions =
                "{to: L2, on: 2029-01-01, signedBy: [Cy, Di]}, {to: L3, on: 2029-02-01, signedBy: [Cy, Di]}, "
                + "{to: L4, on: 2029-03-01, signedBy: [Cy, Di]}",
        };

    public string Yaml => string.Join("---\n", Documents());

    public Snapshot Compile()
    {
        // As documents that were in force: rules of these tests may be about what the world doesn't have.
        var result = SnapshotCompiler.Compile([new SourceFile("world.yaml", Yaml)], wereInForce: true);
        return result.Value ?? throw new InvalidOperationException(string.Join('\n', result.Errors) + "\n" + Yaml);
    }

    public Decision Judge() => Evaluator.Evaluate(Compile(), Intent(), Facts);

    /// <summary>As it is judged where these people approved exactly that.</summary>
    public Decision Approved(params string[] people) =>
        Evaluator.Evaluate(Compile(), Intent(), Facts with { Approval = new ApprovalFact("a", TermSet<string>.Of(people)) });

    /// <summary>As it is judged where that person let exactly that go ahead in an emergency.</summary>
    public Decision Broken(string person) =>
        Evaluator.Evaluate(
            Compile(),
            Intent(),
            Facts with
            {
                Approval = new ApprovalFact("a", TermSet<string>.Of([person]), BreakGlass: true),
            }
        );

    public Facts Facts => new(StoredStatus, Now, StoredLevel);

    public PathEntry Entry(Control control) => Judge().Path.Single(e => e.Control == control);

    public Intent Intent() =>
        new()
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
            Target = new IntentTarget("POST", "https://system.example:443", "/act", Sha256Digest.Compute([]), Sha256Digest.Compute([])),
            Arguments = System.Text.Encoding.UTF8.GetBytes(Arguments),
        };

    private IEnumerable<string> Documents()
    {
        yield return Document(
            "Tenant",
            "demo",
            $"profile: {Profile}, entitlements: [break_glass, hosted_tools, wide_egress]",
            tenant: false
        );
        yield return Document("Workspace", "main", "{environment: development}");
        yield return Document(
            "Agent",
            "agent",
            Fields(
                "workspace: main",
                $"owners: {{{Fields(Field("human", HumanOwner), Field("security", SecurityOwner))}}}",
                $"status: {Status}",
                Field("level", Level),
                $"risk: {AgentRisk}",
                $"bearerTools: {Yes(BearerTools)}",
                Field("purpose", Purpose),
                $"purposes: [{Purposes}]",
                Section("capabilities", Capabilities is null ? null : $"operations: [{Capabilities}]"),
                Section("rate", Rate ? "requests: 10, period: 1m" : null),
                Section("cumulative", Cumulative),
                Section("hours", Hours),
                Section("demote", Demote),
                $"promotions: [{Promotions}]"
            )
        );
        yield return Document(
            "Connector",
            "system",
            Fields("baseAddress: 'https://system.example'", $"scope: {Scope}", "environment: development", IsModel ? Model() : Operation())
        );
        if (More is not null)
        {
            yield return More;
        }

        if (Rules.Count > 0 || Policy is not null)
        {
            yield return Document("Policy", "policy", Fields(Policy, $"rules: [{string.Join(", ", Rules)}]"));
        }

        foreach (var document in Grants().Concat(Evidence()))
        {
            yield return document;
        }
    }

    private IEnumerable<string> Grants()
    {
        if (Permission)
        {
            yield return Document(
                "ToolPermission",
                "permission",
                Fields(
                    "agent: agent",
                    "connector: system",
                    "operations: \"*\"",
                    $"auditLogging: {Yes(AuditLogging)}",
                    $"humanApproval: {Yes(HumanApproval)}",
                    $"dryRun: {Yes(DryRun)}",
                    Field("maxTokens", MaxTokens?.ToString(System.Globalization.CultureInfo.InvariantCulture)),
                    Section("transaction", PermissionTransaction),
                    Section("hours", PermissionHours)
                )
            );
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
            yield return Document(
                "Playbook",
                scenario,
                Fields("agent: agent", $"scenario: {scenario}", Field("owner", PlaybookOwner), Field("testedOn", PlaybookTestedOn))
            );
        }

        if (RedTeamPassed is { } passed)
        {
            yield return Document("RedTeamTest", "attack", $"agent: agent, passed: {Yes(passed)}, on: {RedTeamOn}");
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
        $"type: http, operations: [{{name: act, action: {Action}, risk: {Risk}, dataClasses: [{Data}], methods: [POST], path: /act, "
        + Fields($"purposes: [{OperationPurposes}]", Field("sends", Sends), Section("transaction", Transaction))
        + "}]";

    private string Model() =>
        $"type: openai, risk: {Risk}, dataClasses: [{Data}], models: [{{match: '*', maxTokens: 1000}}], "
        + $"hostedTools: [{string.Join(", ", HostedTools)}]";

    private static string Document(string kind, string name, string spec, bool tenant = true) =>
        $"apiVersion: gateway/v1\nkind: {kind}\n"
        + $"metadata: {{{(tenant ? "tenant: demo, " : "")}name: '{name.Replace('_', '-')}'}}\n"
        + $"spec: {(spec[0] == '{' ? spec : $"{{{spec}}}")}\n";

    private static string Fields(params string?[] fields) => string.Join(", ", fields.Where(f => f is not null));

    private static string? Field(string name, string? value) => value is null ? null : $"{name}: {value}";

    private static string? Section(string name, string? fields) => fields is null ? null : $"{name}: {{{fields}}}";

    private static string Yes(bool value) => value ? "true" : "false";
}
