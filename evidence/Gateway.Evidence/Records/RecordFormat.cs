using System.Buffers.Text;
using System.Globalization;

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

/// <summary>A record's time: RFC 3339 in UTC with milliseconds, always 24 characters.</summary>
internal static class RecordTime
{
    public const int Length = 24;
    private const string Format = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    public static void Write(DateTimeOffset time, Span<byte> destination)
    {
        // The round-trip form begins with the same digits, and is some ten times as fast as a form that must be read first.
        Span<byte> roundTrip = stackalloc byte[28];
        time.UtcDateTime.TryFormat(roundTrip, out _, "O", CultureInfo.InvariantCulture);
        roundTrip[..(Length - 1)].CopyTo(destination);
        destination[Length - 1] = (byte)'Z';
    }

    /// <summary>False for what <see cref="Write"/> doesn't write.</summary>
    public static bool TryParse(string? text, out DateTimeOffset time) =>
        DateTimeOffset.TryParseExact(
            text,
            Format,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out time
        );

    /// <summary>Checks the shape by hand: it is done for every record of a verification.</summary>
    public static bool IsValid(ReadOnlySpan<byte> text)
    {
        var shape = "0000-00-00T00:00:00.000Z"u8;
        if (text.Length != Length)
        {
            return false;
        }

        for (var i = 0; i < Length; i++)
        {
            if (shape[i] == '0' ? !char.IsAsciiDigit((char)text[i]) : text[i] != shape[i])
            {
                return false;
            }
        }

        return true;
    }
}
