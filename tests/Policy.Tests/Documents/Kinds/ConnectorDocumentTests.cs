using Gateway.Policy.Model;

namespace Gateway.Policy.Tests.Documents.Kinds;

public sealed class ConnectorDocumentTests
{
    private const string Http = "type: http\nbaseAddress: https://x.example/api\n";
    private const string Operation = "{name: a, action: read, risk: low, methods: [GET], path: /a}";
    private const string OpenAi = "type: openai\nbaseAddress: https://x.example/v1\nrisk: medium\n";

    [Fact]
    public void Connector_ThatSaysLittle_GetsTheStrictOrUsualDefaults()
    {
        var connector = Governance.Connector(Http + $"operations: [{Operation}]");

        Assert.Equal(TargetScope.External, connector.Scope);
        Assert.Equal(DeploymentEnvironment.Production, connector.Environment);
        Assert.Equal("it", connector.TargetSystem);
        Assert.Equal(["x.example:443"], connector.Egress);
        Assert.Null(connector.Credential);
        Assert.Equal(ConnectorTimeouts.Default, connector.Timeouts);
        Assert.Equal(CircuitBreaker.Default, connector.Breaker);
        Assert.Equal(BodyRetention.Nothing, connector.Bodies);
        var operation = Assert.Single(connector.Operations);
        Assert.False(operation.SafeToRepeat);
        Assert.False(operation.Reversible);
        Assert.Equal(["application/json"], operation.RequestTypes);
        Assert.Equal(Gateway.Policy.Model.Operation.DefaultRequestBytes, operation.RequestBytes);
        Assert.Empty(operation.RequestHeaders);
    }

    [Fact]
    public void Connector_OfTypeOpenAi_HasItsTypesOperations()
    {
        var connector = Governance.Connector(OpenAi + "dataClasses: [pii]\nmodels: [{match: gpt-*, names: [gpt-4o], maxTokens: 100}]");

        Assert.Equal(
            [
                "chat POST /chat/completions",
                "responses POST /responses",
                "count_input_tokens POST /responses/input_tokens",
                "retrieve_response GET /responses/{id}",
                "list_response_input GET /responses/{id}/input_items",
                "cancel_response POST /responses/{id}/cancel",
                "delete_response DELETE /responses/{id}",
                "create_conversation POST /conversations",
                "retrieve_conversation GET /conversations/{id}",
                "update_conversation POST /conversations/{id}",
                "delete_conversation DELETE /conversations/{id}",
                "list_conversation_items GET /conversations/{id}/items",
                "add_conversation_items POST /conversations/{id}/items",
                "completions POST /completions",
                "embeddings POST /embeddings",
                "moderations POST /moderations",
                "list_models GET /models",
                "upload_file POST /files",
                "list_files GET /files",
                "retrieve_file GET /files/{id}",
                "read_file GET /files/{id}/content",
                "delete_file DELETE /files/{id}",
                "create_batch POST /batches",
                "list_batches GET /batches",
                "retrieve_batch GET /batches/{id}",
                "cancel_batch POST /batches/{id}/cancel",
            ],
            connector.Operations.Select(o => $"{o.Id} {Assert.Single(o.Methods)} {o.Path.Text}")
        );
        Assert.All(
            connector.Operations,
            o =>
            {
                Assert.Equal(ActionType.Read, o.Action);
                Assert.Equal(RiskTier.Medium, o.Risk);
                Assert.Equal(DataClasses.Pii, o.Data);
                Assert.False(o.SafeToRepeat);
                Assert.Equal(32 << 20, o.RequestBytes);
                Assert.Empty(o.RequestHeaders);
                Assert.Equal(["request-id", "retry-after", "x-request-id"], o.ResponseHeaders);
            }
        );
    }

    [Fact]
    public void Connector_OfTypeAnthropic_HasItsTypesOperationsAndPassesVersionAndBetas()
    {
        var connector = Governance.Connector(
            "type: anthropic\nbaseAddress: https://x.example/v1\nrisk: low\nmodels: [{match: claude-1, maxTokens: 100}]"
        );

        Assert.Equal(
            [
                "messages POST /messages",
                "count_tokens POST /messages/count_tokens",
                "list_models GET /models",
                "create_batch POST /messages/batches",
                "list_batches GET /messages/batches",
                "retrieve_batch GET /messages/batches/{id}",
                "read_batch_results GET /messages/batches/{id}/results",
                "cancel_batch POST /messages/batches/{id}/cancel",
                "delete_batch DELETE /messages/batches/{id}",
            ],
            connector.Operations.Select(o => $"{o.Id} {Assert.Single(o.Methods)} {o.Path.Text}")
        );
        Assert.All(connector.Operations, o => Assert.Equal(["anthropic-beta", "anthropic-version"], o.RequestHeaders));
        Assert.Equal(["claude-1"], Assert.Single(connector.Models).Names);
    }

    [Fact]
    public void HostedTool_OfAModelConnector_IsAnOperationThatNoMethodFits()
    {
        var connector = Governance.Connector(
            OpenAi
                + "models: [{match: m, maxTokens: 1}]\nhostedTools: [{name: web_search, action: external, risk: high, dataClasses: [pii]}]"
        );

        Assert.Equal(["web_search"], connector.HostedTools);
        var operation = connector.Operations[^1];
        Assert.Equal(
            ("web_search", ActionType.External, RiskTier.High, DataClasses.Pii),
            (operation.Id.ToString(), operation.Action, operation.Risk, operation.Data)
        );
        Assert.Empty(operation.Methods);
    }

    [Theory]
    [InlineData("placement: bearer", CredentialPlacement.Scheme, "Bearer")]
    [InlineData("placement: scheme, name: Token", CredentialPlacement.Scheme, "Token")]
    [InlineData("placement: header, name: X-Api-Key", CredentialPlacement.Header, "x-api-key")]
    [InlineData("placement: query, name: key", CredentialPlacement.Query, "key")]
    [InlineData("placement: basic", CredentialPlacement.Basic, "")]
    public void Credential_InEachPlace_IsRead(string fields, CredentialPlacement placement, string name)
    {
        var credential = Governance
            .Connector(Http + $"credential: {{reference: 'vault://local/x#y', {fields}}}\noperations: [{Operation}]")
            .Credential!;

        Assert.Equal((placement, name, "vault://local/x#y"), (credential.Placement, credential.Name, credential.Reference.ToString()));
    }

    [Theory]
    [InlineData("keep: digest", BodyForm.Digest, 0)]
    [InlineData("keep: redacted", BodyForm.Redacted, 30)]
    [InlineData("keep: full, retention: 1d", BodyForm.Full, 1)]
    [InlineData("keep: full, retention: 3650d", BodyForm.Full, 3650)]
    public void Bodies_InEachForm_AreKeptForTheirRetention(string fields, BodyForm form, int days) =>
        Assert.Equal(
            new BodyRetention(form, TimeSpan.FromDays(days)),
            Governance.Connector(Http + $"operations: [{Operation}]\nbodies: {{{fields}}}").Bodies
        );

    /// <summary>Spec, field, line, part of the problem.</summary>
    public static TheoryData<string, string, int, string> Faults =>
        new()
        {
            { Http, "spec.operations", 5, "missing" },
            { Http + "operations: []", "spec.operations", 7, "0 items" },
            {
                Http + $"operations: [{Operation}, {Operation.Replace("/a", "/b", StringComparison.Ordinal)}]",
                "spec.operations[1].name",
                7,
                "two operations 'a'"
            },
            {
                Http + $"operations:\n- {Operation}\n- {Operation.Replace("name: a", "name: b", StringComparison.Ordinal)}",
                "spec.operations[1].path",
                9,
                "equally well"
            },
            { Http + $"operations: [{Operation}]\negress: ['y.example:443']", "spec.egress", 8, "base address' own" },
            { Http + $"operations: [{Operation}]\nmodels: [{{match: m, maxTokens: 1}}]", "spec.models", 8, "no such field" },
            {
                Http + "operations: [{name: a, action: read, risk: low, methods: [TRACE], path: /a}]",
                "spec.operations[0].methods[0]",
                7,
                "not 'TRACE'"
            },
            {
                Http + "operations: [{name: a, action: read, risk: low, methods: [GET, GET], path: /a}]",
                "spec.operations[0].methods[1]",
                7,
                "twice"
            },
            {
                Http + "operations: [{name: a, action: read, risk: low, methods: [], path: /a}]",
                "spec.operations[0].methods",
                7,
                "0 items"
            },
            { Http + "operations: [{name: a, action: read, methods: [GET], path: /a}]", "spec.operations[0].risk", 7, "missing" },
            {
                Http + "operations: [{name: a, action: unspecified, risk: low, methods: [GET], path: /a}]",
                "spec.operations[0].action",
                7,
                "not 'unspecified'"
            },
            {
                Http + "operations: [{name: a, action: read, risk: low, methods: [GET], path: /a, requestHeaders: [Authorization]}]",
                "spec.operations[0].requestHeaders[0]",
                7,
                "may pass"
            },
            {
                Http + "operations: [{name: a, action: read, risk: low, methods: [GET], path: /a, responseHeaders: [set-cookie]}]",
                "spec.operations[0].responseHeaders[0]",
                7,
                "may pass"
            },
            {
                Http + "operations: [{name: a, action: read, risk: low, methods: [GET], path: /a, requestBytes: 65MiB}]",
                "spec.operations[0].requestBytes",
                7,
                "from 0 to 67108864"
            },
            {
                Http
                    + "operations: [{name: a, action: read, risk: low, methods: [GET], path: /a, requestHeaders: [x-mine]}]\n"
                    + "credential: {reference: 'vault://a/b', placement: header, name: X-Mine}",
                "spec.operations[0].requestHeaders",
                7,
                "carries the connector's credential"
            },
            {
                Http + $"operations: [{Operation}]\ncredential: {{reference: 'vault://a/b', placement: header, name: host}}",
                "spec.credential.name",
                8,
                "may carry a credential"
            },
            {
                Http + $"operations: [{Operation}]\ncredential: {{reference: 'vault://a/b', placement: basic, name: x}}",
                "spec.credential.name",
                8,
                "no such field"
            },
            {
                Http + $"operations: [{Operation}]\ncredential: {{reference: 'vault://a/b', placement: body}}",
                "spec.credential.placement",
                8,
                "not 'body'"
            },
            { Http + $"operations: [{Operation}]\ntimeouts: {{connect: 2m}}", "spec.timeouts.connect", 8, "from 100ms to 1m" },
            { Http + $"operations: [{Operation}]\nbreaker: {{failureRatio: 0}}", "spec.breaker.failureRatio", 8, "over 0" },
            { Http + $"operations: [{Operation}]\nbodies: {{}}", "spec.bodies.keep", 8, "missing" },
            { Http + $"operations: [{Operation}]\nbodies: {{keep: all}}", "spec.bodies.keep", 8, "not 'all'" },
            { Http + $"operations: [{Operation}]\nbodies: {{keep: full, retention: 23h}}", "spec.bodies.retention", 8, "from 1d to 3650d" },
            {
                Http + $"operations: [{Operation}]\nbodies: {{keep: full, retention: 3651d}}",
                "spec.bodies.retention",
                8,
                "from 1d to 3650d"
            },
            { Http + $"operations: [{Operation}]\nbodies: {{keep: digest, retention: 1d}}", "spec.bodies.retention", 8, "no such field" },
            {
                Http
                    + "operations: [{name: a, action: read, risk: low, methods: [POST], path: /a, requestTypes: [text/plain]}]\n"
                    + "bodies: {keep: redacted}",
                "spec.bodies",
                8,
                "can't be redacted"
            },
            { OpenAi + "models: [{match: m}]", "spec.models[0].maxTokens", 8, "missing" },
            { OpenAi + "models: [{match: gpt-*, names: [claude-1], maxTokens: 1}]", "spec.models[0].names", 8, "doesn't fit" },
            { OpenAi + $"models: [{{match: m, maxTokens: 1}}]\noperations: [{Operation}]", "spec.operations", 9, "come from its type" },
            { OpenAi + "models: []", "spec.models", 8, "" },
            { OpenAi + "models: [{match: m, maxTokens: 1}]\nhostedTools: [web_search]", "spec.hostedTools[0]", 9, "" },
            {
                OpenAi + "models: [{match: m, maxTokens: 1}]\nhostedTools: [{name: web_search, risk: low}]",
                "spec.hostedTools[0].action",
                9,
                "missing"
            },
            {
                OpenAi + "models: [{match: m, maxTokens: 1}]\nhostedTools: [{name: chat, action: read, risk: low}]",
                "spec.hostedTools[0].name",
                9,
                "two operations 'chat'"
            },
            {
                Http + $"operations: [{Operation}]\nhostedTools: [{{name: a, action: read, risk: low}}]",
                "spec.hostedTools",
                8,
                "no such field"
            },
            { "type: http\nbaseAddress: https://u:p@x.example\noperations: [" + Operation + "]", "spec.baseAddress", 6, "without user" },
        };

    [Theory]
    [MemberData(nameof(Faults))]
    public void Fault_InAConnector_IsReportedAtItsField(string spec, string field, int line, string problem)
    {
        var error = Governance.Error(Governance.CompileSpec("Connector", spec));

        Assert.Equal(field, error.Field);
        Assert.Equal(line, error.Position.Line);
        Assert.Contains(problem, error.Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/a/{x}/c", "/a/b/{y}", true)]
    [InlineData("/a/{x}", "/a/{y}", true)]
    [InlineData("/a/{**x}", "/{y}/b", true)]
    [InlineData("/a/{**x}", "/a/{y}", true)]
    [InlineData("/a/{x}", "/a/b", false)]
    [InlineData("/a/{x}/c", "/b/{y}/c", false)]
    [InlineData("/a/{x}", "/a/{x}/{y}", false)]
    [InlineData("/{**x}", "/a", false)]
    [InlineData("/", "/{x}", false)]
    public void Operations_ThatFitOnePathEquallyWell_AreRefused(string a, string b, bool refused)
    {
        var result = Governance.CompileSpec(
            "Connector",
            Http
                + $"operations: [{{name: a, action: read, risk: low, methods: [GET, HEAD], path: '{a}'}}, {{name: b, "
                + $"action: read, risk: low, methods: [GET], path: '{b}'}}]"
        );

        Assert.Equal(refused, result.Errors.Count == 1);
    }
}
