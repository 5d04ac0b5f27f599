using Gateway.Policy.Canonical;
using Gateway.Policy.Model;

namespace Gateway.Evidence.Records;

/// <summary>
/// What the record of a decision holds beyond others' where it owes <c>log_detailed</c>. Nothing secret: whoever makes it leaves that out.
/// </summary>
/// <param name="Chain">Who stands behind the action, from the person to the key, such as <c>human_owner=Ada</c>.</param>
/// <param name="Timings">Up to this record.</param>
public sealed record DecisionDetail(IReadOnlyList<string> Chain, DetailedConditions Conditions, DetailTimings Timings)
{
    internal void Write(CanonicalJsonWriter writer, string? session)
    {
        writer.Name("detail"u8);
        writer.StartObject();
        writer.Name("chain"u8);
        writer.StartArray();
        for (var i = 0; i < Chain.Count; i++)
        {
            writer.String(Chain[i]);
        }

        writer.EndArray();
        writer.Name("conditions"u8);
        writer.StartArray();
        for (var i = 0; i < Conditions.All.Count; i++)
        {
            Conditions.All[i].Write(writer);
        }

        writer.EndArray();
        if (Conditions.IsCut)
        {
            writer.Name("conditions_cut"u8);
            writer.Bool(true);
        }

        writer.Member("session"u8, session);
        writer.Name("timings_us"u8);
        writer.StartObject();
        writer.Member("admission"u8, Timings.Admission);
        writer.Member("policy"u8, Timings.Policy);
        writer.Member("total"u8, Timings.Total);
        writer.EndObject();
        writer.EndObject();
    }
}

/// <summary>The conditions of the rules that may be about an action, in the order in which they count.</summary>
/// <param name="IsCut">There were more of them, or of their parts, than a record has room for.</param>
public sealed record DetailedConditions(IReadOnlyList<DetailedCondition> All, bool IsCut)
{
    public static DetailedConditions None { get; } = new([], IsCut: false);
}

/// <summary>One rule's condition and what it gave.</summary>
/// <param name="Operation">Asked for, or a tool that the provider would run for it.</param>
/// <param name="Parts">Each part that was evaluated, outer ones first.</param>
public sealed record DetailedCondition(
    Id<Operation> Operation,
    string Policy,
    string Rule,
    string Text,
    string Value,
    IReadOnlyList<DetailedPart> Parts,
    SourcePosition Source
)
{
    internal void Write(CanonicalJsonWriter writer)
    {
        writer.StartObject();
        writer.Member("operation"u8, Operation.ToString());
        writer.Name("parts"u8);
        writer.StartArray();
        for (var i = 0; i < Parts.Count; i++)
        {
            writer.StartObject();
            writer.Member("depth"u8, Parts[i].Depth);
            writer.Member("text"u8, Parts[i].Text);
            writer.Member("value"u8, Parts[i].Value);
            writer.EndObject();
        }

        writer.EndArray();
        writer.Member("policy"u8, Policy);
        writer.Member("rule"u8, Rule);
        writer.Member("source"u8, Source);
        writer.Member("text"u8, Text);
        writer.Member("value"u8, Value);
        writer.EndObject();
    }
}

/// <param name="Depth">How many parts it lies inside.</param>
public readonly record struct DetailedPart(string Text, int Depth, string Value);

/// <summary>Where the time went until the decision was put on record. Microseconds.</summary>
public readonly record struct DetailTimings(long Admission, long Policy, long Total);
