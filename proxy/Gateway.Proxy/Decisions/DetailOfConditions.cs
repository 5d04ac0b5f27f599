using System.Text;
using Gateway.Cel.Values;
using Gateway.Connectors.Redaction;
using Gateway.Evidence.Records;
using Gateway.Policy.Compilation;
using Gateway.Policy.Conditions;
using Gateway.Policy.Evaluation;
using Gateway.Policy.Model;

namespace Gateway.Proxy.Decisions;

/// <summary>
/// What the rules' conditions gave, for a decision that is recorded in detail, without what the redactor finds. Evaluates them again, part
/// by part: only for decisions that owe it.
/// </summary>
internal static class DetailOfConditions
{
    /// <value>Characters of all conditions together: with the rest of a record that fits into a bundle of the log (65,535 bytes).</value>
    private const int Most = 8 * 1024;

    private const string Redacted = "[redacted]";

    private static readonly RedactionPatterns Everything = Enum.GetValues<RedactionPatterns>()
        .Aggregate(RedactionPatterns.None, (all, pattern) => all | pattern);

    public static DetailedConditions Of(Snapshot snapshot, Intent intent, Facts facts, RedactionTerms? owed)
    {
        // A field's value can't be told from another in what a part gave: where fields must not be seen, only answers are.
        var answersOnly = owed is { Fields.Count: > 0 };
        var (all, room, isCut) = (new List<DetailedCondition>(), Most, false);
        Id<Operation>[] operations = [intent.Operation, .. intent.HostedTools];
        foreach (var operation in operations)
        {
            var traces = ConditionTraces.Collect(snapshot, intent with { Operation = operation, HostedTools = [] }, facts);
            isCut |= traces.Count == ConditionTraces.MaxTraces;
            foreach (var trace in traces)
            {
                all.Add(Of(operation, trace, answersOnly, ref room));
                if (room < 0)
                {
                    return new DetailedConditions(all, IsCut: true);
                }
            }
        }

        return new DetailedConditions(all, isCut);
    }

    /// <param name="room">Less what it took; below zero where it was cut.</param>
    private static DetailedCondition Of(Id<Operation> operation, ConditionTrace trace, bool answersOnly, ref int room)
    {
        var parts = new List<DetailedPart>();
        foreach (var part in trace.Trace.Entries)
        {
            var (text, value) = (Whole(part.Text), Shown(part.Value, answersOnly));
            room -= text.Length + value.Length;
            if (room < 0)
            {
                break;
            }

            parts.Add(new DetailedPart(text, part.Depth, value));
        }

        var condition = Whole(trace.Text.Length <= Most ? trace.Text : trace.Text[..Most]);
        room = trace.Trace.IsCut ? -1 : room - condition.Length;
        return new DetailedCondition(
            operation,
            trace.Policy,
            trace.Rule,
            condition,
            Shown(trace.Trace.Result.Value, answersOnly),
            parts,
            trace.Source
        );
    }

    private static string Shown(in CelValue value, bool answersOnly)
    {
        if (value.Kind == CelKind.Bool)
        {
            return value.AsBool ? "true" : "false";
        }

        // A find may lie across the place where a long text is shortened, so the whole text is looked at; of a list or map that is
        // shortened nothing can be told.
        var text = ValueText.Of(value);
        var isHidden =
            answersOnly
            || JsonRedactor.IsFound(value.Kind == CelKind.String ? value.AsString : text, Everything)
            || (value.Kind != CelKind.String && text.Contains('…', StringComparison.Ordinal));
        return isHidden ? Redacted : Whole(text);
    }

    /// <summary>Half a character, where a text was shortened, has no place in a record.</summary>
    private static string Whole(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}
