using Gateway.Connectors.Redaction;
using Gateway.Policy.Canonical;
using Gateway.Proxy.FrontDoor;

namespace Gateway.Proxy.Responses;

/// <summary>What an answer's obligations demand, met part by part of one message. What it gives is valid until it is disposed of.</summary>
internal sealed class PartReduction : MessageReduction, IDisposable
{
    private readonly AnswerReduction _reduction;
    private readonly ResponseMetadata _metadata;
    private readonly List<GrowingBuffer> _buffers = [];

    private PartReduction(AnswerReduction reduction, ResponseMetadata metadata) => (_reduction, _metadata) = (reduction, metadata);

    /// <summary>Null where nothing is demanded.</summary>
    public static PartReduction? Of(AnswerPlan plan) => plan.Reduction is { } demanded ? new(demanded, plan.Metadata) : null;

    public override bool LimitsRows => _reduction.Rows.Count > 0;

    public override bool NamesFields => _reduction.Redaction is { Fields.Count: > 0 };

    public override bool TryRedact(ReadOnlyMemory<byte> json, out ReadOnlyMemory<byte> redacted)
    {
        redacted = json;
        return _reduction.Redaction is not { } terms
            || Count(JsonRedactor.TryRedact(json, terms, Next(), out redacted, out var found), found);
    }

    public override bool TryReduce(ReadOnlyMemory<byte> json, out ReadOnlyMemory<byte> reduced) =>
        Count(_reduction.TryReduce(json, StatusCodes.Status200OK, Next(), out reduced, out var found), found);

    public void Dispose()
    {
        foreach (var buffer in _buffers)
        {
            buffer.Dispose();
        }
    }

    private bool Count(bool isMet, RedactionCounts found)
    {
        _metadata.Redacted += found;
        return isMet;
    }

    private GrowingBuffer Next()
    {
        var buffer = new GrowingBuffer();
        _buffers.Add(buffer);
        return buffer;
    }
}
