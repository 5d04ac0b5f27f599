namespace Gateway.Policy.Tests.Documents.Kinds;

public sealed class ReadVariantFieldsTests
{
    private const string Read = "{name: get, action: read, risk: low, methods: [GET], path: \"/contacts/{id}\"}";

    [Fact]
    public void Variant_OfTheSamePath_IsKept()
    {
        var connector = Governance.Connector(Of(Read, Write("read_variant: get")));

        Assert.Equal("get", connector.Operations[1].ReadVariant!.Value.ToString());
        Assert.Null(connector.Operations[0].ReadVariant);
    }

    [Fact]
    public void Variant_ThatTakesTheWholeRequest_IsKept() =>
        Governance.Connector(
            Of("{name: preview, action: read, risk: low, methods: [PUT], path: \"/contacts/{id}/preview\"}", Write("read_variant: preview"))
        );

    [Theory]
    [InlineData("read_variant: gone", Read, "no operation 'gone'")]
    [InlineData("read_variant: put", Read, "'put' is no read")]
    [InlineData(
        "read_variant: list",
        "{name: list, action: read, risk: low, methods: [GET], path: /contacts}",
        "don't have the same parameters"
    )]
    [InlineData(
        "read_variant: other",
        "{name: other, action: read, risk: low, methods: [GET], path: \"/x/{key}\"}",
        "don't have the same parameters"
    )]
    [InlineData(
        "read_variant: find",
        "{name: find, action: read, risk: low, methods: [POST], path: \"/x/{id}\"}",
        "neither is a GET nor takes"
    )]
    [InlineData(
        "read_variant: find",
        "{name: find, action: read, risk: low, methods: [PUT], path: \"/x/{id}\", requestTypes: [text/plain]}",
        "neither is a GET nor takes"
    )]
    [InlineData(
        "read_variant: find",
        "{name: find, action: read, risk: low, methods: [PUT], path: \"/x/{id}\", requestBytes: 10}",
        "neither is a GET nor takes"
    )]
    public void Variant_ThatCouldNotBeSent_IsRefused(string field, string variant, string problem)
    {
        var error = Governance.Error(Governance.CompileSpec("Connector", Of(variant, Write(field))));

        Assert.Equal("spec.operations[1].read_variant", error.Field);
        Assert.Contains(problem, error.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Variant_OfARead_IsRefused() =>
        Assert.Contains(
            "is a read itself",
            Governance
                .Error(
                    Governance.CompileSpec(
                        "Connector",
                        Of(Read, "{name: see, action: read, risk: low, methods: [GET], path: \"/x/{id}\", read_variant: get}")
                    )
                )
                .Problem,
            StringComparison.Ordinal
        );

    [Fact]
    public void Variant_OfAPathThatHasAParameterTwice_IsRefused() =>
        Assert.Contains(
            "each of another name",
            Governance
                .Error(
                    Governance.CompileSpec(
                        "Connector",
                        Of(
                            "{name: get, action: read, risk: low, methods: [GET], path: \"/a/{id}\"}",
                            "{name: put, action: write, risk: low, methods: [PUT], path: \"/a/{id}/b/{id}\"}"
                        )
                    )
                )
                .ToString(),
            StringComparison.Ordinal
        );

    private static string Write(string field) =>
        $"{{name: put, action: write, risk: low, methods: [PUT], path: \"/contacts/{{id}}\", {field}}}";

    private static string Of(string first, string second) =>
        $"type: http\nbaseAddress: https://x.example/api\noperations: [{first}, {second}]";
}
