using System.Buffers;
using System.Buffers.Binary;

namespace Gateway.Evidence.Log.Tiles;

/// <summary>
/// Entries behind their lengths in two bytes each, the high one first (C2SP tlog-tiles). A record that is too long for that leaves its
/// bundle without a file; it is in its segment. Not thread-safe.
/// </summary>
internal sealed class EntryBundle
{
    /// <value>Bytes. Tiles of hashes are smaller.</value>
    public const int MaxLength = TilePath.Width * (sizeof(ushort) + ushort.MaxValue);

    private readonly ArrayBufferWriter<byte> _output = new(1 << 16);

    /// <summary>False where an entry didn't fit: then there is no bundle.</summary>
    public bool IsWhole { get; private set; } = true;

    public ReadOnlySpan<byte> Bytes => _output.WrittenSpan;

    public void Add(ReadOnlySpan<byte> entry)
    {
        if (entry.Length > ushort.MaxValue || !IsWhole)
        {
            IsWhole = false;
            return;
        }

        BinaryPrimitives.WriteUInt16BigEndian(_output.GetSpan(sizeof(ushort)), (ushort)entry.Length);
        _output.Advance(sizeof(ushort));
        _output.Write(entry);
    }

    /// <summary>There won't be this bundle.</summary>
    public void Discard() => IsWhole = false;

    public void Clear()
    {
        _output.ResetWrittenCount();
        IsWhole = true;
    }

    /// <summary>One entry of a bundle's bytes; false when they don't hold it.</summary>
    /// <param name="offset">Where the entry, without its length, begins.</param>
    public static bool TryFind(ReadOnlySpan<byte> bundle, int position, out int offset, out int length)
    {
        (offset, length) = (0, 0);
        for (var at = 0; at + sizeof(ushort) <= bundle.Length; at = offset + length, position--)
        {
            (offset, length) = (at + sizeof(ushort), BinaryPrimitives.ReadUInt16BigEndian(bundle[at..]));
            if (position == 0)
            {
                return offset + length <= bundle.Length;
            }
        }

        return false;
    }
}
