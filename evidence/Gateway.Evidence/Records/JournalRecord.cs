using System.Buffers;
using Gateway.Policy.Canonical;

namespace Gateway.Evidence.Records;

/// <summary>Something to be recorded. Immutable.</summary>
public interface IJournalRecord
{
    RecordType Type { get; }

    /// <summary>Writes the body: one object, members in order. Never a secret, never content.</summary>
    void WriteBody(CanonicalJsonWriter writer);
}

/// <summary>Turns records into bodies in a buffer that each thread keeps, so that recording allocates nothing.</summary>
internal sealed class RecordBody
{
    /// <value>Bytes; a buffer that a rare big record made longer than this isn't kept.</value>
    private const int Kept = 1 << 16;

    [ThreadStatic]
    private static RecordBody? _ofThread;

    private readonly ArrayBufferWriter<byte> _output = new(4096);
    private readonly CanonicalJsonWriter _writer;

    private RecordBody() => _writer = new CanonicalJsonWriter(_output);

    /// <summary>The body's bytes, valid until the next call on this thread.</summary>
    public static ReadOnlySpan<byte> Write(IJournalRecord record)
    {
        var body = _ofThread is { } kept && kept._output.Capacity <= Kept ? kept : _ofThread = new RecordBody();
        body._output.ResetWrittenCount();
        body._writer.Reset(body._output);
        record.WriteBody(body._writer);
        return body._output.WrittenSpan;
    }
}
