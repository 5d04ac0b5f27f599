using Gateway.Policy.Model;

namespace Gateway.Policy.Tests.Documents.Kinds;

public sealed class McpConnectorTests
{
    private const string Pin = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
    private const string Mcp = "type: mcp\nbaseAddress: https://x.example/mcp\nenvironment: test\n";
    private const string Tool = "{name: a, tool: a_tool, action: read, risk: low}";

    [Fact]
    public void Connector_ThatSaysLittle_LetsTheServerAskForNothing()
    {
        var connector = Governance.Connector(Mcp + $"operations: [{Tool}]");

        var surface = connector.Mcp!;
        Assert.Equal(ServerRequests.None, surface.ServerRequests);
        Assert.Empty(surface.ElicitationHosts);
        Assert.Empty(surface.Extensions);
        Assert.Equal(TimeSpan.FromMinutes(5), surface.DefinitionsAge);
        Assert.Null(surface.InstructionsPin);
        Assert.Equal(["x.example:443"], connector.Egress);
        Assert.Equal("https://x.example/mcp", connector.BaseAddress.AbsoluteUri);
    }

    [Fact]
    public void Connector_ThatSaysAll_HasAllOfIt()
    {
        var surface = Governance
            .Connector(
                Mcp
                    + "serverRequests: [sampling, elicitation, roots]\n"
                    + "elicitationHosts: [Login.Example.com]\n"
                    + "extensions: [io.modelcontextprotocol/tasks]\n"
                    + "definitions: 1h\n"
                    + $"instructions: {{pin: {Pin}}}\n"
                    + "compares: {names: exact}\n"
                    + "dataClasses: [pii]\n"
                    + $"operations: [{Tool}]"
            )
            .Mcp!;

        Assert.Equal(ServerRequests.Sampling | ServerRequests.Elicitation | ServerRequests.Roots, surface.ServerRequests);
        Assert.Equal(["login.example.com"], surface.ElicitationHosts);
        Assert.Equal(["io.modelcontextprotocol/tasks"], surface.Extensions);
        Assert.Equal(TimeSpan.FromHours(1), surface.DefinitionsAge);
        Assert.Equal(Pin, surface.InstructionsPin.ToString());
        Assert.Equal((DataClasses.Pii, Sends.Content), (surface.Session.Data, surface.Session.Sends));
    }

    [Fact]
    public void Endpoint_KeepsItsLastSlash()
    {
        var spec = $"operations: [{Tool}]";

        Assert.Equal(
            "/mcp/",
            Governance.Connector("type: mcp\nbaseAddress: https://x.example/mcp/\nenvironment: test\n" + spec).BaseAddress.AbsolutePath
        );
        Assert.Equal(
            "/",
            Governance.Connector("type: mcp\nbaseAddress: https://x.example\nenvironment: test\n" + spec).BaseAddress.AbsolutePath
        );
    }

    [Fact]
    public void BuiltInOperations_AreReadAndLowAndSendNoContentUnlessTheServerMayAsk()
    {
        var connector = Governance.Connector(Mcp + $"operations: [{Tool}]");

        Assert.Equal(["a", "mcp.session", "mcp.list"], connector.Operations.Select(o => o.Id.ToString()));
        Assert.All(
            [connector.Mcp!.Session, connector.Mcp.List],
            o => Assert.Equal((ActionType.Read, RiskTier.Low, DataClasses.Public, Sends.Identifiers), (o.Action, o.Risk, o.Data, o.Sends))
        );
    }

    [Fact]
    public void Operation_HasTheTermsOfAnyOther()
    {
        var connector = Governance.Connector(
            Mcp
                + $"operations: [{{name: pay, tool: Pay.Now, pin: {Pin.ToUpperInvariant()}, action: financial, risk: high, "
                + "dataClasses: [pii], reversible: true, requestBytes: 1KiB, responseBytes: 2KiB, purposes: [billing], sends: identifiers, "
                + "transaction: {amount: /amount, max: 5}}]"
        );

        var operation = connector.Mcp!.Tool("Pay.Now")!;
        Assert.Same(connector.Operations[0], operation);
        Assert.Equal(
            (ActionType.Financial, RiskTier.High, DataClasses.Pii, true, 1024, 2048, Sends.Identifiers),
            (
                operation.Action,
                operation.Risk,
                operation.Data,
                operation.Reversible,
                operation.RequestBytes,
                operation.ResponseBytes,
                operation.Sends
            )
        );
        Assert.Equal(500, operation.Transaction!.Max);
        Assert.Equal(["billing"], operation.Purposes);
        Assert.Equal((McpKind.Tool, "Pay.Now", Pin), (operation.Mcp!.Kind, operation.Mcp.Name, operation.Mcp.Pin.ToString()));
    }

    [Theory]
    [InlineData("prompt: Zusammenfassung für alle", McpKind.Prompt)]
    [InlineData("resource: 'test://docs/**'", McpKind.Resource)]
    public void PromptAndResource_AreReadsUnlessTheDocumentSaysMore(string named, McpKind kind)
    {
        var read = Governance.Connector(Mcp + $"operations: [{{name: a, {named}, risk: low}}]").Operations[0];
        var write = Governance.Connector(Mcp + $"operations: [{{name: a, {named}, action: write, risk: low}}]").Operations[0];

        Assert.Equal((ActionType.Read, kind), (read.Action, read.Mcp!.Kind));
        Assert.Equal(ActionType.Write, write.Action);
    }

    [Theory]
    [InlineData("production", true)]
    [InlineData("staging", true)]
    [InlineData("test", false)]
    [InlineData("development", false)]
    public void Pin_IsNeededWhereverItsEnvironmentPins(string environment, bool isNeeded)
    {
        var spec = Mcp.Replace("environment: test", $"environment: {environment}", StringComparison.Ordinal);
        var result = Governance.CompileSpec(
            "Connector",
            spec
                + "operations:\n"
                + $"- {Tool}\n"
                + "- {name: b, prompt: p, risk: low}\n"
                + "- {name: c, resource: 'test://docs/one', risk: low}\n"
                + "- {name: d, resource: 'test://many/*', risk: low}\n"
                + $"- {{name: e, tool: e, pin: {Pin}, action: read, risk: low}}\n"
        );

        Assert.Equal(
            isNeeded ? ["spec.operations[0].pin 9", "spec.operations[1].pin 10", "spec.operations[2].pin 11"] : [],
            result.Errors.Select(e => $"{e.Field} {e.Position.Line}")
        );
        Assert.All(result.Errors, e => Assert.Contains("environment: development", e.Remedy, StringComparison.Ordinal));
    }

    [Fact]
    public void Environment_ThatIsNotSaid_IsProductionAndPins() =>
        Assert.Equal(
            "spec.operations[0].pin",
            Governance
                .Error(Governance.CompileSpec("Connector", $"type: mcp\nbaseAddress: https://x.example/mcp\noperations: [{Tool}]"))
                .Field
        );

    /// <summary>Spec, field, line, part of the problem.</summary>
    public static TheoryData<string, string, int, string> Faults =>
        new()
        {
            { Mcp, "spec.operations", 5, "missing" },
            { "type: mcp\noperations: [" + Tool + "]", "spec.baseAddress", 5, "missing" },
            { Mcp + "operations: [{name: a, action: read, risk: low}]", "spec.operations[0]", 8, "names nothing" },
            {
                Mcp + "operations: [{name: a, tool: t, resource: 'x://y', action: read, risk: low}]",
                "spec.operations[0].resource",
                8,
                "a tool and a resource"
            },
            { Mcp + "operations: [{name: a, tol: t, action: read, risk: low}]", "spec.operations[0].tol", 8, "no such field" },
            { Mcp + "operations: [{name: a, tool: 'a b', action: read, risk: low}]", "spec.operations[0].tool", 8, "not 'a b'" },
            { Mcp + "operations: [{name: a, tool: t, risk: low}]", "spec.operations[0].action", 8, "missing" },
            { Mcp + "operations: [{name: a, tool: t, action: read}]", "spec.operations[0].risk", 8, "missing" },
            { Mcp + "operations: [{name: a, tool: t, action: read, risk: low, pin: abc}]", "spec.operations[0].pin", 8, "64 hexadecimal" },
            { Mcp + "operations: [{name: mcp.ping, tool: t, action: read, risk: low}]", "spec.operations[0].name", 8, "built-in" },
            { Mcp + "operations: [{name: a, tool: t, action: read, risk: low, path: /a}]", "spec.operations[0].path", 8, "type http" },
            {
                Mcp + "operations: [{name: a, tool: t, action: read, risk: low, methods: [GET]}]",
                "spec.operations[0].methods",
                8,
                "type http"
            },
            {
                Mcp + "operations: [{name: a, tool: t, action: write, risk: low, read_variant: b}]",
                "spec.operations[0].read_variant",
                8,
                "type http"
            },
            {
                Mcp + $"operations:\n- {Tool}\n- {{name: b, tool: a_tool, action: read, risk: low}}",
                "spec.operations[1].tool",
                10,
                "'a' and 'b' are the tool 'a_tool'"
            },
            {
                Mcp + $"operations:\n- {Tool}\n- {{name: a, tool: b, action: read, risk: low}}",
                "spec.operations[1].name",
                10,
                "two operations 'a'"
            },
            {
                Mcp + "operations:\n- {name: a, resource: 'x://y/*', risk: low}\n- {name: b, resource: 'x://y/z', risk: low}",
                "spec.operations[1].resource",
                10,
                "fit the same address"
            },
            { Mcp + "operations: [{name: a, resource: 'docs/**', risk: low}]", "spec.operations[0].resource", 8, "a resource's address" },
            {
                Mcp + "operations: [{name: a, resource: 'x://y/*', risk: low, sends: nothing}]",
                "spec.operations[0].sends",
                8,
                "its star stands for"
            },
            { Mcp + $"serverRequests: [files]\noperations: [{Tool}]", "spec.serverRequests[0]", 8, "not 'files'" },
            { Mcp + $"elicitationHosts: [a.example]\noperations: [{Tool}]", "spec.elicitationHosts", 8, "may not elicit" },
            { Mcp + $"dataClasses: [pii]\noperations: [{Tool}]", "spec.dataClasses", 8, "ask for nothing" },
            { Mcp + $"definitions: 9s\noperations: [{Tool}]", "spec.definitions", 8, "from 10s to 1h" },
            { Mcp + $"definitions: 61m\noperations: [{Tool}]", "spec.definitions", 8, "from 10s to 1h" },
            { Mcp + $"instructions: {{pin: x}}\noperations: [{Tool}]", "spec.instructions.pin", 8, "64 hexadecimal" },
            { Mcp + $"instructions: {{}}\noperations: [{Tool}]", "spec.instructions.pin", 8, "missing" },
            { Mcp + $"extensions: [tasks]\noperations: [{Tool}]", "spec.extensions[0]", 8, "an extension's identifier" },
            { Mcp + $"models: [{{match: m}}]\noperations: [{Tool}]", "spec.models", 8, "a model type" },
            {
                Mcp + $"credential: {{reference: 'vault://a/b', placement: header, name: Mcp-Param-Key}}\noperations: [{Tool}]",
                "spec.credential.name",
                8,
                "protocol's own"
            },
            {
                Mcp + $"credential: {{reference: 'vault://a/b', placement: header, name: accept}}\noperations: [{Tool}]",
                "spec.credential.name",
                8,
                "protocol's own"
            },
            { Mcp + $"compares: {{paths: exact}}\noperations: [{Tool}]", "spec.compares.paths", 8, "one path" },
            {
                "type: http\nbaseAddress: https://x.example\n"
                    + "operations: [{name: a, action: read, risk: low, methods: [GET], path: /, tool: t}]",
                "spec.operations[0].tool",
                7,
                "type mcp"
            },
            {
                "type: http\nbaseAddress: https://x.example\ndefinitions: 5m\n"
                    + "operations: [{name: a, action: read, risk: low, methods: [GET], path: /}]",
                "spec.definitions",
                7,
                "type mcp"
            },
            { "type: openai\nserverRequests: [roots]", "spec.serverRequests", 6, "type mcp" },
        };

    [Theory]
    [MemberData(nameof(Faults))]
    public void Fault_InAnMcpConnector_IsReportedAtItsField(string spec, string field, int line, string problem)
    {
        var errors = Governance.CompileSpec("Connector", spec).Errors;

        var error = Assert.Single(errors, e => e.Field == field);
        Assert.Equal(line, error.Position.Line);
        Assert.Contains(problem, error.Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("login.example.com", true)]
    [InlineData("localhost", true)]
    [InlineData("idp1", true)]
    [InlineData("10.0.0.0xA", false)]
    [InlineData("0x7f000001", false)]
    [InlineData("*.example.com", false)]
    [InlineData("https://login.example.com", false)]
    [InlineData("login.example.com:8443", false)]
    [InlineData("login.example.com.", false)]
    [InlineData("10.0.0.1", false)]
    [InlineData("1", false)]
    [InlineData("[::1]", false)]
    [InlineData("a@b", false)]
    [InlineData("löschen.example", false)]
    public void ElicitationHost_IsAName(string host, bool isOne) =>
        Assert.Equal(
            isOne,
            Governance
                .CompileSpec("Connector", Mcp + $"serverRequests: [elicitation]\nelicitationHosts: ['{host}']\noperations: [{Tool}]")
                .Errors.Count == 0
        );

    [Fact]
    public void ManyFaults_AreReportedAtOnce() =>
        Assert.Equal(
            ["spec.definitions", "spec.operations[0].tool", "spec.operations[1].risk", "spec.operations[1].tool"],
            Governance
                .CompileSpec(
                    "Connector",
                    Mcp
                        + "definitions: 5\noperations:\n- {name: a, tool: 'a b', action: read, risk: low}\n"
                        + "- {name: b, risk: none, tool: '?', action: read}"
                )
                .Errors.Select(e => e.Field)
        );
}
