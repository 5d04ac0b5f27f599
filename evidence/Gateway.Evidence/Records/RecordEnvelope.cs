using System.Buffers.Text;
using Gateway.Policy.Canonical;

namespace Gateway.Evidence.Records;

/// <summary>
/// A record's members round its body, read strictly: canonical form throughout, exactly the members of <c>gateway.record/v1</c>. The spans
/// lie in the record.
/// </summary>
public readonly ref struct RecordEnvelope
{
    /// <value>The most bytes that a record has beside its body.</value>
    public const int MaxOverhead = 384;

    private const string Shape = "The record isn't a canonical gateway.record/v1";

    public long Index { get; private init; }

    /// <summary>Hexadecimal digits.</summary>
    public ReadOnlySpan<byte> Log { get; private init; }

    /// <summary>Hexadecimal digits.</summary>
    public ReadOnlySpan<byte> Previous { get; private init; }

    /// <summary>RFC 3339 in UTC.</summary>
    public ReadOnlySpan<byte> Time { get; private init; }

    public ReadOnlySpan<byte> Type { get; private init; }

    public bool IsDecision => Type.SequenceEqual(RecordTypes.NameOf(RecordType.Decision));

    public ReadOnlySpan<byte> Body { get; private init; }

    /// <summary>The body's <c>decision_id</c>; empty where it has none.</summary>
    public ReadOnlySpan<byte> DecisionId { get; private init; }

    /// <summary>Reads a record. Null when it is good; otherwise what is wrong.</summary>
    public static string? Read(ReadOnlySpan<byte> record, out RecordEnvelope envelope)
    {
        envelope = default;
        var scanner = new CanonicalScanner(record);
        if (!scanner.TrySkip("{\"body\":"u8) || !scanner.TrySkipObject("decision_id"u8, out var decision))
        {
            return $"{Shape}: wrong in the body, at byte {scanner.Position}.";
        }

        var body = record["{\"body\":".Length..scanner.Position];
        if (
            !scanner.TrySkip(",\"index\":"u8)
            || !scanner.TrySkipNumber(out var number)
            || !Utf8Parser.TryParse(number, out long index, out var used)
            || used != number.Length
            || index < 0
            || !scanner.TrySkip(",\"log\":"u8)
            || !scanner.TrySkipString(out var log)
            || !scanner.TrySkip(",\"previous\":"u8)
            || !scanner.TrySkipString(out var previous)
            || !scanner.TrySkip(",\"schema\":\"gateway.record/v1\",\"time\":"u8)
            || !scanner.TrySkipString(out var time)
            || !RecordTime.IsValid(time)
            || !scanner.TrySkip(",\"type\":"u8)
            || !scanner.TrySkipString(out var type)
            || !RecordTypes.IsName(type)
            || !scanner.TrySkip("}"u8)
            || !scanner.AtEnd
        )
        {
            return $"{Shape}: wrong behind the body, at byte {scanner.Position}.";
        }

        envelope = new RecordEnvelope
        {
            Index = index,
            Log = log,
            Previous = previous,
            Time = time,
            Type = type,
            Body = body,
            DecisionId = Unquoted(decision),
        };
        return null;
    }

    /// <summary>
    /// Index, type and decision id of a record that is known byte for byte to be one that this process made, and nothing else: read without
    /// a check, up to the id.
    /// </summary>
    public static RecordEnvelope ReadOwn(ReadOnlySpan<byte> record, long index)
    {
        var scanner = new CanonicalScanner(record);
        ReadOnlySpan<byte> decision = default;
        var hasDecision = scanner.TrySkip("{\"body\":"u8) && scanner.TryStepTo("decision_id"u8) && scanner.TrySkipString(out decision);
        var type = record[..^"\"}".Length];
        return new RecordEnvelope
        {
            Index = index,
            Type = type[(type.LastIndexOf((byte)'"') + 1)..],
            DecisionId = hasDecision ? decision : default,
        };
    }

    private static ReadOnlySpan<byte> Unquoted(ReadOnlySpan<byte> value) => value.Length > 2 && value[0] == '"' ? value[1..^1] : default;
}

/// <summary>Is shown one good record of a log after the other. Its spans are only valid during the call.</summary>
public delegate void RecordVisitor(in RecordEnvelope record);
