using System.Buffers;
using System.Text;
using System.Text.Json;
using Gateway.Policy.Documents;
using Gateway.Policy.Model;
using Gateway.Policy.Tests.Model;

namespace Gateway.Policy.Tests.Documents;

public sealed class ObligationFieldsTests
{
    [Fact]
    public void Mapping_OfEverything_IsRead()
    {
        var (obligations, _, errors) = Read(
            """
            {log_detailed: true, dry_run: true, read_only: true, max_tokens: 500, strip_tools: [web_search, shell],
             model_downgrade: gpt-4o-mini, sample: 0.1,
             redact_request: {patterns: [email, card], fields: [/customer/iban]},
             redact_response: {patterns: [secret, phone, iban]}, row_limit: 100}
            """
        );

        Assert.Empty(errors);
        Assert.Equal(
            new Obligations(LogDetailed: true, DryRun: true, MaxTokens: 500)
            {
                ReadOnly = true,
                StripTools = new ToolStrip(TermSet<string>.Of("shell", "web_search")),
                ModelDowngrade = TermSet<string>.Of("gpt-4o-mini"),
                Sample = 100_000,
                RedactRequest = new(
                    RedactionPatterns.Email | RedactionPatterns.Card,
                    TermSet<ArgumentPointer>.Of(AnyObligations.Pointer("/customer/iban"))
                ),
                RedactResponse = new(
                    RedactionPatterns.Secret | RedactionPatterns.Phone | RedactionPatterns.Iban,
                    TermSet<ArgumentPointer>.Empty
                ),
                RowLimits = TermSet<RowLimit>.Of(new RowLimit(null, 100)),
            },
            obligations
        );
    }

    [Fact]
    public void Mapping_OfNothing_DemandsNothing() => Assert.Equal(Obligations.None, Read("{}").Value);

    [Fact]
    public void Tools_All_StripsEveryTool() => Assert.True(Read("{strip_tools: all}").Value.StripTools!.All);

    [Fact]
    public void Rows_WithAPlace_AreOfThatArray() =>
        Assert.Equal(
            TermSet<RowLimit>.Of(new RowLimit(AnyObligations.Pointer("/data/items"), 5)),
            Read("{row_limit: {at: /data/items, rows: 5}}").Value.RowLimits
        );

    [Theory]
    [InlineData("{sample: 0.10}", "{sample: 0.1}")]
    [InlineData("{strip_tools: [a, b]}", "{strip_tools: [b, a]}")]
    [InlineData("{redact_request: {patterns: [email, card]}}", "{redact_request: {patterns: [card, email], fields: []}}")]
    public void Canonical_OfTheSame_IsTheSame(string one, string other) => Assert.Equal(Read(one).Canonical, Read(other).Canonical);

    [Theory]
    [InlineData("{max_tokns: 5}", "obligations.max_tokns", "There is no such field.")]
    [InlineData("{max_tokens: 0}", "obligations.max_tokens", "Expected a whole number")]
    [InlineData("{dry_run: yes}", "obligations.dry_run", "Expected true or false")]
    [InlineData("{sample: 0}", "obligations.sample", "Expected a share over 0 and under 1")]
    [InlineData("{sample: 1}", "obligations.sample", "Expected a share over 0 and under 1")]
    [InlineData("{sample: 0.0000001}", "obligations.sample", "Expected a share over 0 and under 1")]
    [InlineData("{sample: \"0.1\"}", "obligations.sample", "Expected a share over 0 and under 1")]
    [InlineData("{sample: 1e-1}", "obligations.sample", "Expected a share over 0 and under 1")]
    [InlineData("{strip_tools: []}", "obligations.strip_tools", "It has 0 items.")]
    [InlineData("{strip_tools: web_search}", "obligations.strip_tools", "It isn't a list.")]
    [InlineData("{strip_tools: [a, a]}", "obligations.strip_tools[1]", "It is in the list twice.")]
    [InlineData("{redact_request: {}}", "obligations.redact_request", "It says nothing to redact.")]
    [InlineData("{redact_request: {patterns: []}}", "obligations.redact_request", "It says nothing to redact.")]
    [InlineData("{redact_request: [email]}", "obligations.redact_request", "Expected a mapping of fields.")]
    [InlineData("{redact_response: {patterns: [emails]}}", "obligations.redact_response.patterns[0]", "Expected a pattern to redact")]
    [InlineData("{redact_response: {fields: [iban]}}", "obligations.redact_response.fields[0]", "Expected a JSON pointer")]
    [InlineData("{row_limit: 0}", "obligations.row_limit", "Expected a whole number")]
    [InlineData("{row_limit: {rows: 5}}", "obligations.row_limit.at", "It is missing.")]
    [InlineData("{model_downgrade: gpt-4o*}", "obligations.model_downgrade", "Expected a model's exact name")]
    [InlineData("{model_downgrade: [a, b]}", "obligations.model_downgrade", "Expected a model's exact name")]
    public void Mapping_WithAFault_SaysWhereAndWhat(string yaml, string field, string problem)
    {
        var error = Assert.Single(Read(yaml).Errors);

        Assert.Equal(field, error.Field);
        Assert.StartsWith(problem, error.Problem, StringComparison.Ordinal);
        Assert.NotEmpty(error.Remedy);
    }

    private static (Obligations Value, string Canonical, IReadOnlyList<GovernanceError> Errors) Read(string yaml)
    {
        var errors = new ErrorList();
        var node = (MappingNode)NodeReader.Read(new SourceFile("a.yaml", $"obligations: {yaml}"), 1, errors)[0];
        var json = new ArrayBufferWriter<byte>();
        using var canonical = new Utf8JsonWriter(json);
        canonical.WriteStartObject();
        var reader = new MappingReader(node, "", new ReadingContext(errors, [], canonical));
        var value = reader.Section("obligations", ObligationFields.Read);
        reader.End();
        canonical.WriteEndObject();
        canonical.Flush();
        return (value ?? Obligations.None, Encoding.UTF8.GetString(json.WrittenSpan), errors.InOrder());
    }
}
