using System.Buffers;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Gateway.Policy.Canonical;
using Gateway.Policy.Model;
using Gateway.Policy.Tests.Model;

namespace Gateway.Policy.Tests.Canonical;

public sealed class ObligationFormTests
{
    [Fact]
    public void Form_OfEverything_HasEachInOrder() =>
        Assert.Equal(
            """{"dry_run":true,"log_detailed":true,"max_tokens":5,"model_downgrade":["m"],"read_only":true"""
                + ""","redact_request":{"fields":["/a"],"patterns":["card","email"]}"""
                + ""","redact_response":{"patterns":["iban","phone","secret"]},"row_limits":[{"at":"/b","rows":3},{"rows":9}]"""
                + ""","sample":"0.25","strip_tools":["x","y"]}""",
            Form(
                new Obligations(LogDetailed: true, DryRun: true, MaxTokens: 5)
                {
                    ReadOnly = true,
                    ModelDowngrade = TermSet<string>.Of("m"),
                    RedactRequest = new(
                        RedactionPatterns.Email | RedactionPatterns.Card,
                        TermSet<ArgumentPointer>.Of(AnyObligations.Pointer("/a"))
                    ),
                    RedactResponse = new(
                        RedactionPatterns.Secret | RedactionPatterns.Iban | RedactionPatterns.Phone,
                        TermSet<ArgumentPointer>.Empty
                    ),
                    RowLimits = TermSet<RowLimit>.Of(new RowLimit(null, 9), new RowLimit(AnyObligations.Pointer("/b"), 3)),
                    Sample = 250_000,
                    StripTools = new ToolStrip(TermSet<string>.Of("y", "x")),
                }
            )
        );

    [Fact]
    public void Form_OfNothing_IsEmpty() => Assert.Equal("{}", Form(Obligations.None));

    [Fact]
    public void Form_OfAllTools_IsTheirWord() =>
        Assert.Equal("""{"strip_tools":"all"}""", Form(Obligations.None with { StripTools = ToolStrip.Everything }));

    [Fact]
    public void Form_IsCanonicalAndTellsTheDifferent() =>
        Prop.ForAll(
                AnyObligations.All.Two().ToArbitrary(),
                pair =>
                {
                    var (one, other) = (Form(pair.Item1), Form(pair.Item2));
                    return (one == other) == pair.Item1.Equals(pair.Item2) && CanonicalJson.IsCanonical(Encoding.UTF8.GetBytes(one));
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    private static string Form(Obligations obligations)
    {
        var json = new ArrayBufferWriter<byte>();
        ObligationForm.Write(new CanonicalJsonWriter(json), obligations);
        return Encoding.UTF8.GetString(json.WrittenSpan);
    }
}
