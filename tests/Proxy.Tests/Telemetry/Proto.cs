using System.Buffers.Binary;
using System.Text;

namespace Gateway.Proxy.Tests.Telemetry;

/// <summary>One protobuf message, by field numbers (protobuf.dev/programming-guides/encoding): enough to read what OTLP sends.</summary>
internal sealed class Proto
{
    private readonly List<(int Field, ulong Number, ReadOnlyMemory<byte> Bytes)> _fields = [];

    public Proto(ReadOnlyMemory<byte> message)
    {
        for (var at = 0; at < message.Length; )
        {
            var tag = Varint(message.Span, ref at);
            var (field, wire) = ((int)(tag >> 3), (int)(tag & 7));
            switch (wire)
            {
                case 0:
                    _fields.Add((field, Varint(message.Span, ref at), default));
                    break;
                case 1:
                    _fields.Add((field, BinaryPrimitives.ReadUInt64LittleEndian(message.Span[at..]), default));
                    at += 8;
                    break;
                case 2:
                    var length = (int)Varint(message.Span, ref at);
                    _fields.Add((field, 0, message.Slice(at, length)));
                    at += length;
                    break;
                case 5:
                    _fields.Add((field, BinaryPrimitives.ReadUInt32LittleEndian(message.Span[at..]), default));
                    at += 4;
                    break;
                default:
                    throw new InvalidDataException($"wire type {wire}");
            }
        }
    }

    public IEnumerable<Proto> All(params int[] path)
    {
        IEnumerable<Proto> found = [this];
        foreach (var field in path)
        {
            found = found.SelectMany(message => message._fields.Where(f => f.Field == field).Select(f => new Proto(f.Bytes))).ToList();
        }

        return found;
    }

    public string Text(int field) => Encoding.UTF8.GetString(_fields.FirstOrDefault(f => f.Field == field).Bytes.Span);

    public string Hex(int field) => Convert.ToHexStringLower(_fields.FirstOrDefault(f => f.Field == field).Bytes.Span);

    public ulong Number(int field) => _fields.FirstOrDefault(f => f.Field == field).Number;

    public bool Has(int field) => _fields.Exists(f => f.Field == field);

    /// <summary>KeyValue: 1 is the key, 2 the value, in which 1 is text, 2 truth and 3 a number.</summary>
    public Dictionary<string, string> Attributes(int field) =>
        All(field)
            .ToDictionary(
                pair => pair.Text(1),
                pair =>
                    pair.All(2).Single() is var value && value.Has(1)
                        ? value.Text(1)
                        : value.Number(value.Has(3) ? 3 : 2).ToString(System.Globalization.CultureInfo.InvariantCulture)
            );

    private static ulong Varint(ReadOnlySpan<byte> bytes, ref int at)
    {
        ulong value = 0;
        for (var shift = 0; ; shift += 7)
        {
            value |= (ulong)(bytes[at] & 0x7f) << shift;
            if ((bytes[at++] & 0x80) == 0)
            {
                return value;
            }
        }
    }
}
