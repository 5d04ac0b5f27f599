using System.Text;
using Gateway.Policy.Documents.Kinds;
using Gateway.Policy.Model;

namespace Gateway.Policy.Documents;

/// <summary>Reads a mapping of obligations, wherever a document states them.</summary>
public static class ObligationFields
{
    private const int MaxRows = 1_000_000;
    private const int MaxToolName = 128;
    private const int MaxFields = 50;
    private const int ShareDigits = 6; // A millionth, in which samples are counted.

    private static readonly FieldFormat<int> Share = new(
        "a share over 0 and under 1, with at most 6 digits after the point",
        "0.1",
        (string text, out int value) =>
        {
            Span<byte> utf8 = stackalloc byte[64];
            var read =
                text.Length <= 20
                && MinorUnits.TryParse(utf8[..Encoding.UTF8.GetBytes(text, utf8)], ShareDigits, out var millionths)
                && millionths is > 0 and < Obligations.WholeSample
                    ? millionths
                    : 0;
            value = (int)read;
            return read > 0;
        },
        value => MinorUnits.Text(value, ShareDigits)
    )
    {
        PlainOnly = true,
    };

    public static Obligations Read(MappingReader fields) =>
        new(
            fields.Optional("log_detailed", Formats.Bool, false),
            fields.Optional("dry_run", Formats.Bool, false),
            fields.OptionalValue("max_tokens", Formats.Integer(1, ModelFields.MaxTokens))
        )
        {
            ReadOnly = fields.Optional("read_only", Formats.Bool, false),
            RedactRequest = fields.Section("redact_request", ReadRedaction),
            RedactResponse = fields.Section("redact_response", ReadRedaction),
            ModelDowngrade = fields.OptionalText("model_downgrade", WebFormats.ModelName) is { } model
                ? TermSet<string>.Of(model)
                : TermSet<string>.Empty,
            StripTools = ReadTools(fields),
            RowLimits = ReadRows(fields) is { } limit ? TermSet<RowLimit>.Of(limit) : TermSet<RowLimit>.Empty,
            Sample = fields.OptionalValue("sample", Share),
        };

    private static RedactionTerms ReadRedaction(MappingReader section)
    {
        var errors = section.Context.Errors.Count;
        var patterns = section.List("patterns", Vocabulary.Redaction.Format, []).Aggregate(RedactionPatterns.None, (all, one) => all | one);
        var pointers = section.List("fields", Formats.Pointer("/customer/iban"), [], 0, MaxFields);
        if (patterns == RedactionPatterns.None && pointers.Count == 0 && section.Context.Errors.Count == errors)
        {
            section.Fail("", "It says nothing to redact.", "Add patterns: [email], or fields: [/customer/iban].");
        }

        return new RedactionTerms(patterns, TermSet<ArgumentPointer>.Of(pointers.Where(pointer => pointer is not null)));
    }

    /// <summary>A list of none would strip them all by mistake: that has its own word.</summary>
    private static ToolStrip? ReadTools(MappingReader fields)
    {
        if (!fields.Has("strip_tools"))
        {
            fields.Ignore("strip_tools");
            return null;
        }

        return fields.Is("strip_tools", "all")
            ? ToolStrip.Everything
            : new ToolStrip(
                TermSet<string>.Of(
                    fields.List("strip_tools", Formats.Text(MaxToolName), fallback: null, least: 1).Where(name => name is not null)
                )
            );
    }

    private static RowLimit? ReadRows(MappingReader fields) =>
        fields.IsMapping("row_limit")
            ? fields.Section(
                "row_limit",
                section => new RowLimit(
                    section.Required("at", Formats.Pointer("/data")),
                    section.Required("rows", Formats.Integer(1, MaxRows))
                )
            )
        : fields.OptionalValue("row_limit", Formats.Integer(1, MaxRows)) is { } rows ? new RowLimit(null, rows)
        : null;
}
