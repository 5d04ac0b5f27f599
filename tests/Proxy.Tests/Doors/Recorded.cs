using System.Buffers.Binary;
using System.Text.Json;

namespace Gateway.Proxy.Tests.Doors;

/// <summary>A decision and its outcome as they stand in the journal's files.</summary>
/// <param name="Outcome">Null where there is none yet.</param>
public sealed record Recorded(JsonElement? Decision, JsonElement? Outcome)
{
    // A segment's header, and what stands round each record in it.
    private const int HeaderLength = 72;
    private const int FrameLength = 29;

    public static Recorded Find(string journal, HttpResponseMessage response) =>
        Find(journal, Assert.Single(response.Headers.GetValues("Gateway-Decision-Id")));

    public static Recorded Find(string journal, string decisionId)
    {
        var found = new Recorded(null, null);
        foreach (var (type, body) in All(journal))
        {
            if (body.TryGetProperty("decision_id", out var id) && id.GetString() == decisionId)
            {
                found = type == "decision" ? found with { Decision = body } : found with { Outcome = body };
            }
        }

        return found;
    }

    /// <summary>Every whole record of every log, by type.</summary>
    public static IEnumerable<(string Type, JsonElement Body)> All(string journal)
    {
        foreach (var file in Directory.EnumerateFiles(journal, "segment-*.log", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var bytes = Read(file);
            for (var at = HeaderLength; TryFrame(bytes, at, out var record); at += FrameLength + record.Length)
            {
                var root = JsonDocument.Parse(record).RootElement;
                yield return (root.GetProperty("type").GetString()!, root.GetProperty("body"));
            }
        }
    }

    private static byte[] Read(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }

    private static bool TryFrame(byte[] bytes, int at, out ReadOnlyMemory<byte> record)
    {
        var length = at + FrameLength <= bytes.Length ? BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(at)) : 0;
        var isWhole = length > 0 && at + FrameLength + length <= bytes.Length;
        record = isWhole ? bytes.AsMemory(at + FrameLength, length) : default;
        return isWhole;
    }
}
