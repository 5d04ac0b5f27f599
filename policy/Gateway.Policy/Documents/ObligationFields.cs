using Gateway.Policy.Documents.Kinds;
using Gateway.Policy.Model;

namespace Gateway.Policy.Documents;

/// <summary>Reads a mapping of obligations, wherever a document states them.</summary>
public static class ObligationFields
{
    private const int MaxRows = 1_000_000;
    private const int MaxToolName = 128;

    public static Obligations Read(MappingReader fields) =>
        new(
            fields.Optional("log_detailed", Formats.Bool, false),
            fields.Optional("dry_run", Formats.Bool, false),
            fields.OptionalValue("max_tokens", Formats.Integer(1, ModelOfferFields.MaxTokens))
        )
        {
            ReadOnly = fields.Optional("read_only", Formats.Bool, false),
            RedactRequest = fields.Section("redact_request", RedactionFields.Read),
            RedactResponse = fields.Section("redact_response", RedactionFields.Read),
            ModelDowngrade = fields.OptionalText("model_downgrade", WebFormats.ModelName) is { } model
                ? TermSet<string>.Of(model)
                : TermSet<string>.Empty,
            StripTools = ReadTools(fields),
            RowLimits = ReadRows(fields) is { } limit ? TermSet<RowLimit>.Of(limit) : TermSet<RowLimit>.Empty,
            Sample = fields.OptionalValue("sample", SampleFormat.Share),
        };

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
