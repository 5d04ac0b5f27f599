using System.Buffers.Binary;
using System.Text.Json;
using Gateway.Evidence.Log.Files;

namespace Gateway.Proxy.Tests.Faults;

/// <summary>The records of all logs under a journal's root, read as an auditor would: straight from the files.</summary>
internal sealed class JournalRecords
{
    private readonly List<(string Type, JsonElement Body)> _records = [];

    /// <summary>Of the tenant's logs; the system's is left out.</summary>
    public static JournalRecords Read(string root, string tenant = "demo")
    {
        var records = new JournalRecords();
        foreach (
            var file in Directory
                .EnumerateFiles(Path.Combine(root, tenant), SegmentName.Pattern, SearchOption.AllDirectories)
                .Order(StringComparer.Ordinal)
        )
        {
            records.Add(ReadShared(file));
        }

        return records;
    }

    public IEnumerable<JsonElement> Of(string type) => _records.Where(r => r.Type == type).Select(r => r.Body);

    public HashSet<string> Decisions() => [.. Of("decision").Select(IdOf)];

    /// <summary>The status of each decision's outcome, the last where an answer turned out to be cut; any other second one would
    /// throw.</summary>
    public Dictionary<string, string> Outcomes()
    {
        var outcomes = new Dictionary<string, string>();
        foreach (var outcome in Of("outcome"))
        {
            var status = outcome.GetProperty("status").GetString()!;
            if (!outcomes.TryAdd(IdOf(outcome), status))
            {
                Assert.Equal(("completed", true), (outcomes[IdOf(outcome)], status is "cut" or "cancelled"));
                outcomes[IdOf(outcome)] = status;
            }
        }

        return outcomes;
    }

    /// <summary>The decisions that were completed at some time, as far as the gateway knew.</summary>
    public HashSet<string> Completed() => [.. Of("outcome").Where(o => o.GetProperty("status").GetString() == "completed").Select(IdOf)];

    private static string IdOf(JsonElement body) => body.GetProperty("decision_id").GetString()!;

    private static byte[] ReadShared(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }

    private void Add(ReadOnlySpan<byte> segment)
    {
        for (var at = SegmentHeader.Length; at + Frame.HeaderLength <= segment.Length; )
        {
            var length = BinaryPrimitives.ReadInt32LittleEndian(segment[at..]);
            if (at + Frame.HeaderLength + length > segment.Length)
            {
                return; // Torn, or being written now.
            }

            var root = JsonDocument.Parse(segment.Slice(at + Frame.HeaderLength, length).ToArray()).RootElement;
            _records.Add((root.GetProperty("type").GetString()!, root.GetProperty("body")));
            at += Frame.HeaderLength + length;
        }
    }
}
