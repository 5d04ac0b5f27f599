using System.Buffers.Text;

namespace Gateway.Evidence.Records;

/// <summary>Lays a record's members round its body, in canonical order.</summary>
internal static class RecordFormat
{
    /// <summary>
    /// Writes a record; the destination holds at least the body and <see cref="RecordEnvelope.MaxOverhead"/>. Returns the length.
    /// </summary>
    /// <param name="log">The log id's digits.</param>
    /// <param name="previous">32 bytes: the leaf hash of the record before.</param>
    /// <param name="time">As <see cref="RecordTime"/> writes it.</param>
    public static int Write(
        Span<byte> destination,
        RecordType type,
        ReadOnlySpan<byte> body,
        long index,
        ReadOnlySpan<byte> log,
        ReadOnlySpan<byte> previous,
        ReadOnlySpan<byte> time
    )
    {
        var cursor = new Cursor(destination);
        cursor.Put("{\"body\":"u8);
        cursor.Put(body);
        cursor.Put(",\"index\":"u8);
        cursor.Put(index);
        cursor.Put(",\"log\":\""u8);
        cursor.Put(log);
        cursor.Put("\",\"previous\":\""u8);
        cursor.PutHex(previous);
        cursor.Put("\",\"schema\":\"gateway.record/v1\",\"time\":\""u8);
        cursor.Put(time);
        cursor.Put("\",\"type\":\""u8);
        cursor.Put(RecordTypes.NameOf(type));
        cursor.Put("\"}"u8);
        return cursor.Length;
    }

    private ref struct Cursor(Span<byte> destination)
    {
        private readonly Span<byte> _destination = destination;

        public int Length { get; private set; }

        public void Put(ReadOnlySpan<byte> bytes)
        {
            bytes.CopyTo(_destination[Length..]);
            Length += bytes.Length;
        }

        public void Put(long number)
        {
            Utf8Formatter.TryFormat(number, _destination[Length..], out var written);
            Length += written;
        }

        public void PutHex(ReadOnlySpan<byte> bytes)
        {
            Convert.TryToHexStringLower(bytes, _destination[Length..], out var written);
            Length += written;
        }
    }
}
