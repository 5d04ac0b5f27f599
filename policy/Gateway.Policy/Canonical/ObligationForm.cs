using System.Globalization;
using Gateway.Policy.Model;

namespace Gateway.Policy.Canonical;

/// <summary>
/// The one JSON form of obligations (RFC 8785), for records and tokens: only what is demanded, an empty object for nothing. The words are
/// those of documents; a sample is a share in decimals as text, and <c>row_limits</c> a list.
/// </summary>
public static class ObligationForm
{
    private static readonly (RedactionPatterns Pattern, string Name)[] PatternNames =
    [
        (RedactionPatterns.Card, "card"),
        (RedactionPatterns.Email, "email"),
        (RedactionPatterns.Iban, "iban"),
        (RedactionPatterns.Phone, "phone"),
        (RedactionPatterns.Secret, "secret"),
    ];

    public static void Write(CanonicalJsonWriter writer, Obligations obligations)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(obligations);
        writer.StartObject();
        WriteFlag(writer, "dry_run"u8, obligations.DryRun);
        WriteFlag(writer, "log_detailed"u8, obligations.LogDetailed);
        if (obligations.MaxTokens is { } most)
        {
            writer.Name("max_tokens"u8);
            writer.Number(most);
        }

        WriteTexts(writer, "model_downgrade"u8, obligations.ModelDowngrade);
        WriteFlag(writer, "read_only"u8, obligations.ReadOnly);
        WriteRedaction(writer, "redact_request"u8, obligations.RedactRequest);
        WriteRedaction(writer, "redact_response"u8, obligations.RedactResponse);
        WriteRows(writer, obligations.RowLimits);
        if (obligations.Sample is { } sample)
        {
            writer.Name("sample"u8);
            writer.String(string.Create(CultureInfo.InvariantCulture, $"{(decimal)sample / Obligations.WholeSample:0.######}"));
        }

        WriteTools(writer, obligations.StripTools);
        writer.EndObject();
    }

    private static void WriteFlag(CanonicalJsonWriter writer, ReadOnlySpan<byte> name, bool value)
    {
        if (value)
        {
            writer.Name(name);
            writer.Bool(true);
        }
    }

    private static void WriteTexts<T>(CanonicalJsonWriter writer, ReadOnlySpan<byte> name, TermSet<T> texts)
        where T : notnull
    {
        if (texts.Count == 0)
        {
            return;
        }

        writer.Name(name);
        writer.StartArray();
        for (var i = 0; i < texts.Count; i++)
        {
            writer.String(texts[i].ToString());
        }

        writer.EndArray();
    }

    private static void WriteRedaction(CanonicalJsonWriter writer, ReadOnlySpan<byte> name, RedactionTerms? terms)
    {
        if (terms is null)
        {
            return;
        }

        writer.Name(name);
        writer.StartObject();
        WriteTexts(writer, "fields"u8, terms.Fields);
        writer.Name("patterns"u8);
        writer.StartArray();
        foreach (var (pattern, word) in PatternNames)
        {
            if ((terms.Patterns & pattern) != 0)
            {
                writer.String(word);
            }
        }

        writer.EndArray();
        writer.EndObject();
    }

    private static void WriteRows(CanonicalJsonWriter writer, TermSet<RowLimit> limits)
    {
        if (limits.Count == 0)
        {
            return;
        }

        writer.Name("row_limits"u8);
        writer.StartArray();
        for (var i = 0; i < limits.Count; i++)
        {
            writer.StartObject();
            if (limits[i].At is { } at)
            {
                writer.Name("at"u8);
                writer.String(at.Text);
            }

            writer.Name("rows"u8);
            writer.Number(limits[i].Rows);
            writer.EndObject();
        }

        writer.EndArray();
    }

    private static void WriteTools(CanonicalJsonWriter writer, ToolStrip? strip)
    {
        if (strip is { All: true })
        {
            writer.Name("strip_tools"u8);
            writer.String("all");
        }
        else if (strip is not null)
        {
            WriteTexts(writer, "strip_tools"u8, strip.Names);
        }
    }
}
