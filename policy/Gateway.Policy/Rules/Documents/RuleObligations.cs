using System.Buffers;
using System.Text.Json;
using Gateway.Policy.Documents;
using Gateway.Policy.Model;

namespace Gateway.Policy.Rules.Documents;

/// <summary>A rule's <c>obligations</c>: what they mean, and their canonical JSON, which is empty where the rule doesn't say.</summary>
public sealed record RuleObligations(Obligations Value, ReadOnlyMemory<byte> Canonical)
{
    public static RuleObligations None { get; } = new(Obligations.None, default);

    /// <summary>Reads <c>obligations</c>, and holds them against the rule's effect.</summary>
    internal static RuleObligations Read(RuleFields fields, Verdict effect)
    {
        var json = new ArrayBufferWriter<byte>();
        using var canonical = new Utf8JsonWriter(json);
        var before = fields.Errors.Count;
        canonical.WriteStartObject();
        var written = fields.Section("obligations", new ReadingContext(fields.Errors, [], canonical), ObligationFields.Read);
        canonical.WriteEndObject();
        canonical.Flush();
        var value = written ?? Obligations.None;
        if (fields.Lower("effect") is "dry_run" || (fields.Lower("effect").Length == 0 && fields.Lower("action") is "dry_run"))
        {
            value = value with { DryRun = true };
        }

        if (fields.Errors.Count == before)
        {
            Check(fields, effect, value);
        }

        return new RuleObligations(value, written is null ? default : json.WrittenMemory);
    }

    private static void Check(RuleFields fields, Verdict effect, Obligations value)
    {
        if (effect == Verdict.Degrade && !value.Reduces)
        {
            fields.Fail(
                "obligations",
                "The effect degrade needs an obligation that reduces the action.",
                "Say which, such as max_tokens: 500, or write effect: dry_run."
            );
        }

        if (effect == Verdict.Allow && value.Reduces)
        {
            fields.Fail("obligations", "An allow rule can't reduce the action.", "Write effect: degrade.");
        }

        if (effect == Verdict.Block && value != Obligations.None)
        {
            fields.Fail("obligations", "A rule that blocks has no use for obligations.", "Remove them.");
        }
    }
}
