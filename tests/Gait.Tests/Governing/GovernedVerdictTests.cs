using Gateway.Gait.Governing;
using Gateway.Policy.Compilation;
using Gateway.Policy.Documents;
using Gateway.Policy.Evaluation;
using Gateway.Policy.Model;
using Gateway.Policy.Rules;
using Gateway.Policy.Rules.Intents;
using Gateway.Testing;

namespace Gateway.Gait.Tests.Governing;

/// <summary>A call is judged as a running gateway judges the request, and what isn't known of it here lets nothing through.</summary>
public sealed class GovernedVerdictTests
{
    private static readonly DateTimeOffset Now = new(2030, 1, 2, 12, 0, 0, TimeSpan.Zero);

    private static readonly (string Name, string Text)[] Sample =
    [
        .. Directory
            .GetFiles(Path.Combine(Repository.Root, "samples", "governance"))
            .Select(file => (Path.GetFileName(file), File.ReadAllText(file))),
    ];

    public static TheoryData<string, AuthStrength> Callers =>
        new()
        {
            { "assistant", AuthStrength.Signed },
            { "assistant", AuthStrength.Bearer },
            { "assistant", AuthStrength.None },
            { "intern", AuthStrength.Signed },
            { "suspended", AuthStrength.Signed },
        };

    [Theory]
    [MemberData(nameof(Callers))]
    public void EveryOperation_IsJudgedAsTheEvaluatorJudgesTheRequest(string agent, AuthStrength strength)
    {
        var snapshot = Compile();
        var connector = snapshot.Find(Id<Tenant>.Parse("demo"))!.Connectors[Id<Connector>.Parse("crm")];
        Assert.All(
            connector.Operations,
            operation =>
            {
                var decision = Evaluator.Evaluate(snapshot, Request(agent, strength, connector, operation), new Facts(null, Now));
                var verdict = Governed(snapshot, agent, strength).Judge(Call($"crm/{operation.Id}"), Now);

                Assert.Equal((decision.Verdict, decision.Level), (verdict.Verdict, verdict.Level));
                Assert.Equal(CodeList.Normalise(decision.Reasons.Select(reason => Reasons.Of(reason).Code)), verdict.ReasonCodes);
                Assert.Equal(decision.Approvals.Select(gate => gate.Name), verdict.Gates);
            }
        );
    }

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("crm")]
    [InlineData("crm/")]
    [InlineData("/list-contacts")]
    [InlineData("crm/list-contacts/")]
    [InlineData("crm//list-contacts")]
    [InlineData("crm.list-contacts")]
    [InlineData("other/list-contacts")]
    public void Tool_ThatIsNoOperation_IsOneThatNothingGrants(string tool)
    {
        var verdict = Governed(Compile(), "assistant").Judge(Call(tool), Now);

        Assert.Equal(Verdict.Block, verdict.Verdict);
        Assert.Contains("tool_not_permitted", verdict.ReasonCodes);
        Assert.Equal(verdict.ReasonCodes, verdict.Violations);
    }

    [Fact]
    public void Rules_OfTheGovernance_ReadTheArguments_AndSayWhy()
    {
        var agent = Governed(Compile(), "assistant");

        Assert.Equal(Verdict.Allow, agent.Judge(Call("crm/create-note", """{"text":"called back"}"""), Now).Verdict);
        var verdict = agent.Judge(Call("crm/create-note", """{"text":"the password is x"}"""), Now);
        Assert.Equal(Verdict.Block, verdict.Verdict);
        Assert.Contains("secret_in_text", verdict.ReasonCodes);
    }

    /// <summary>Only a request has a path and a query: a rule that would look at them can't say that it has nothing against the
    /// call.</summary>
    [Theory]
    [InlineData("intent.path.contains('/vip')")]
    [InlineData("'all' in query")]
    public void Rule_ThatReadsWhereARequestGoes_Blocks(string condition)
    {
        var verdict = Governed(Compile(Rule($"when: \"{condition}\"")), "assistant").Judge(Call("crm/list-contacts"), Now);

        Assert.Equal(Verdict.Block, verdict.Verdict);
    }

    /// <summary>A limit that nobody counts is one that nobody keeps.</summary>
    [Fact]
    public void CumulativeLimit_BlocksEverythingButReads()
    {
        var snapshot = Compile(edit: text =>
            text.Replace("  concurrency: 64\n", "  concurrency: 64\n  cumulative: {calls: 5, per: 1d}\n", StringComparison.Ordinal)
        );
        var agent = Governed(snapshot, "assistant");

        Assert.Equal(["limit_not_enforceable_here"], agent.Judge(Call("crm/create-note"), Now).ReasonCodes);
        Assert.Equal(Verdict.Block, agent.Judge(Call("crm/create-note"), Now).Verdict);
        Assert.Equal(Verdict.Allow, agent.Judge(Call("crm/list-contacts"), Now).Verdict);
    }

    [Fact]
    public void ModelCall_IsNoToolCall() =>
        Assert.NotEqual(Verdict.Allow, Governed(Compile(), "assistant").Judge(Call("openai/chat"), Now).Verdict);

    /// <summary>Which tool of the server is meant, and by which definition, is known at its door only.</summary>
    [Fact]
    public void McpCall_IsJudgedAtItsDoorOnly()
    {
        const string Files = """
            apiVersion: gateway/v1
            kind: Connector
            metadata: {tenant: demo, name: files}
            spec:
              type: mcp
              baseAddress: https://x.example/mcp
              environment: development
              operations: [{name: search, tool: search, action: read, risk: low}]
            ---
            apiVersion: gateway/v1
            kind: ToolPermission
            metadata: {tenant: demo, name: assistant-files}
            spec: {agent: assistant, connector: files, operations: [search], auditLogging: true}
            """;

        var verdict = Governed(Compile(Files), "assistant").Judge(Call("files/search"), Now);

        Assert.Equal((Verdict.Block, "mcp_call_not_judged_here"), (verdict.Verdict, Assert.Single(verdict.ReasonCodes)));
    }

    [Fact]
    public void Script_IsAsStrictAsItsStrictestStep()
    {
        var agent = Governed(Compile(), "assistant");

        Assert.Equal(Verdict.Allow, agent.Judge(Script("crm/list-contacts", "crm/get-contact"), Now).Verdict);
        var verdict = agent.Judge(Script("crm/list-contacts", "crm/refund"), Now);
        Assert.Equal((Verdict.RequireApproval, "payments"), (verdict.Verdict, Assert.Single(verdict.Gates)));
        Assert.Equal(Verdict.Block, agent.Judge(Script("crm/refund", "crm/delete-contact"), Now).Verdict);
    }

    /// <summary>What a caller says of its environment can make a gate match, and never another one.</summary>
    [Fact]
    public void Environment_ThatACallerClaims_CanOnlyBeStricter()
    {
        var snapshot = Compile(Rule("when: intent.environment == 'production'"));
        var agent = Governed(snapshot, "assistant");

        Assert.Equal(Verdict.Allow, agent.Judge(Call("crm/list-contacts", environment: "development"), Now).Verdict);
        Assert.Equal(Verdict.Block, agent.Judge(Call("crm/list-contacts", environment: "production"), Now).Verdict);
    }

    [Fact]
    public void Digest_IsOfTheRulesAndTheGovernance()
    {
        var (one, other) = (Governed(Compile(), "assistant"), Governed(Compile(Rule("when: 'true'")), "assistant"));
        var (rules, others) = (Sha256Digest.Compute("a"u8), Sha256Digest.Compute("b"u8));

        Assert.Equal(one.Bind(rules), Governed(Compile(), "intern").Bind(rules));
        Assert.Equal(3, new[] { one.Bind(rules), one.Bind(others), other.Bind(rules) }.Distinct().Count());
    }

    [Fact]
    public void Verdict_OfNobody_Blocks() => Assert.Equal(Verdict.Block, new GovernedVerdict().Verdict);

    private static string Rule(string condition) =>
        "apiVersion: gateway/v1\nkind: Policy\nmetadata: {tenant: demo, name: trial}\nspec:\n  rules:\n    - name: no\n"
        + $"      effect: block\n      match: {{tool_names: [crm/list-contacts]}}\n      {condition}\n      reason_codes: [trial]\n";

    private static Snapshot Compile(string? more = null, Func<string, string>? edit = null)
    {
        var result = SnapshotCompiler.Compile([
            .. Sample.Select(file => new SourceFile(file.Name, edit is null ? file.Text : edit(file.Text))),
            .. more is null ? [] : new[] { new SourceFile("more.yaml", more) },
        ]);
        Assert.Empty(result.Errors);
        return result.Value!;
    }

    private static GovernedAgent Governed(Snapshot snapshot, string agent, AuthStrength strength = AuthStrength.Signed)
    {
        var tenant = snapshot.Find(Id<Tenant>.Parse("demo"))!;
        return new GovernedAgent(snapshot, tenant, tenant.Agents[Id<Agent>.Parse(agent)], strength);
    }

    private static RuleIntent Call(string tool, string args = "{}", string environment = "") =>
        new()
        {
            ToolName = tool,
            Args = System.Text.Encoding.UTF8.GetBytes(args),
            Targets = [],
            Context = new IntentContext
            {
                Identity = "alice",
                Workspace = "/w",
                RiskClass = "low",
                Environment = environment,
            },
        };

    private static RuleIntent Script(params string[] tools) =>
        Call("script") with
        {
            Steps = [.. tools.Select(tool => new IntentStep { ToolName = tool, Args = "{}"u8.ToArray() })],
        };

    private static Intent Request(string agent, AuthStrength strength, Connector connector, Operation operation) =>
        new()
        {
            Tenant = connector.Tenant,
            Workspace = Id<Workspace>.Parse("main"),
            Agent = Id<Agent>.Parse(agent),
            Strength = strength,
            Door = Door.Tool,
            Connector = connector.Id,
            Operation = operation.Id,
            Environment = DeploymentEnvironment.Development,
            Target = new IntentTarget(
                operation.Methods[0],
                connector.Authority,
                "/crm/contacts/c-1",
                Sha256Digest.Compute([]),
                Sha256Digest.Compute("{}"u8)
            ),
            Arguments = "{}"u8.ToArray(),
        };
}
