using System.Buffers.Binary;
using System.Text;

namespace Gateway.Connectors.Vaults;

/// <summary>
/// Joins fields so that no two lists of fields give the same bytes: each field as UTF-8 behind its length, two bytes, the high one first.
/// </summary>
internal static class LengthPrefixed
{
    /// <exception cref="ArgumentException">A field is over 65,535 bytes.</exception>
    public static byte[] Join(params ReadOnlySpan<string> fields)
    {
        var length = 0;
        foreach (var field in fields)
        {
            length += sizeof(ushort) + Encoding.UTF8.GetByteCount(field);
        }

        var joined = new byte[length];
        var rest = joined.AsSpan();
        foreach (var field in fields)
        {
            var written = Encoding.UTF8.GetBytes(field, rest[sizeof(ushort)..]);
            if (written > ushort.MaxValue)
            {
                throw new ArgumentException($"A field has {written} bytes; at most {ushort.MaxValue} can be joined.", nameof(fields));
            }

            BinaryPrimitives.WriteUInt16BigEndian(rest, (ushort)written);
            rest = rest[(sizeof(ushort) + written)..];
        }

        return joined;
    }
}
