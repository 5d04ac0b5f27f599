using System.Buffers.Binary;
using System.Text.Json;

namespace Gateway.Proxy.Tests.Attacks;

/// <summary>
/// The records of one tenant's logs as they lie on disk, the system's own under <c>_system</c>. docs/journal.md has the format.
/// </summary>
internal static class JournalReading
{
    private const int SegmentHeaderLength = 72;
    private const int FrameHeaderLength = 29;

    public static IReadOnlyList<JsonElement> Records(string journal, string tenant) =>
        [
            .. Directory
                .EnumerateFiles(Path.Combine(journal, tenant), "segment-*.log", SearchOption.AllDirectories)
                .Order(StringComparer.Ordinal)
                .SelectMany(RecordsOf),
        ];

    /// <summary>How often the system's log has counted a reason.</summary>
    public static long Counted(string journal, string reason) =>
        Records(journal, "_system")
            .Where(r => r.GetProperty("type").GetString() == "system_refusals")
            .SelectMany(r => r.GetProperty("body").GetProperty("counts").EnumerateArray())
            .Where(c => c.GetProperty("reason").GetString() == reason)
            .Sum(c => c.GetProperty("count").GetInt64());

    private static List<JsonElement> RecordsOf(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        var records = new List<JsonElement>();
        for (var at = SegmentHeaderLength; at + FrameHeaderLength <= bytes.Length; )
        {
            var length = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(at));
            at += FrameHeaderLength;
            if (length <= 0 || at + length > bytes.Length)
            {
                break; // Being written at this moment.
            }

            records.Add(JsonDocument.Parse(bytes.AsMemory(at, length)).RootElement);
            at += length;
        }

        return records;
    }
}
