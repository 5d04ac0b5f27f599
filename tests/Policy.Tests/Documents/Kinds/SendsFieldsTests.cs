using Gateway.Policy.Model;

namespace Gateway.Policy.Tests.Documents.Kinds;

public sealed class SendsFieldsTests
{
    [Theory]
    [InlineData("", "/contacts/{id}", null)]
    [InlineData(", sends: content, requestHeaders: [accept]", "/contacts/{id}", Sends.Content)]
    [InlineData(", sends: identifiers", "/contacts/{id}", Sends.Identifiers)]
    [InlineData(", sends: nothing", "/contacts", Sends.Nothing)]
    public void Sends_ThatAnOperationCanKeep_IsKept(string fields, string path, Sends? sends) =>
        Assert.Equal(sends, Governance.Connector(Of(fields, path)).Operations[0].Sends);

    [Theory]
    [InlineData(", sends: nothing", "/contacts/{id}", "has parameters")]
    [InlineData(", sends: nothing", "/contacts/{**rest}", "has parameters")]
    [InlineData(", sends: nothing, requestHeaders: [accept]", "/contacts", "requestHeaders can carry anything")]
    [InlineData(", sends: identifiers, requestHeaders: [accept]", "/contacts", "requestHeaders can carry anything")]
    [InlineData(", sends: little", "/contacts", "not 'little'")]
    public void Sends_ThatAnOperationCouldNotKeep_IsRefused(string fields, string path, string problem)
    {
        var error = Governance.Error(Governance.CompileSpec("Connector", Of(fields, path)));

        Assert.Equal("spec.operations[0].sends", error.Field);
        Assert.Contains(problem, error.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void HostedTool_CantPromiseNothing() =>
        Assert.Equal(
            "spec.hostedTools[0].sends",
            Governance
                .Error(
                    Governance.CompileSpec(
                        "Connector",
                        "type: openai\nbaseAddress: https://api.example/v1\nmodels: [{match: '*', maxTokens: 10}]\n"
                            + "hostedTools: [{name: web_search, action: read, risk: low, sends: nothing}]"
                    )
                )
                .Field
        );

    [Fact]
    public void ReadVariant_ThatSendsNoContent_NeedsAGet()
    {
        const string write = "{name: put, action: write, risk: low, methods: [PUT], path: \"/c/{id}\", read_variant: find}";
        static string Find(string method) =>
            $"{{name: find, action: read, risk: low, methods: [{method}], path: \"/x/{{id}}\", sends: identifiers}}";

        Governance.Connector($"type: http\nbaseAddress: https://crm.example\noperations: [{Find("GET")}, {write}]");
        Assert.Equal(
            "spec.operations[1].read_variant",
            Governance
                .Error(
                    Governance.CompileSpec(
                        "Connector",
                        $"type: http\nbaseAddress: https://crm.example\noperations: [{Find("PUT")}, {write}]"
                    )
                )
                .Field
        );
    }

    private static string Of(string fields, string path) =>
        "type: http\nbaseAddress: https://crm.example\n"
        + $"operations: [{{name: get, action: read, risk: low, methods: [GET], path: \"{path}\"{fields}}}]";
}
