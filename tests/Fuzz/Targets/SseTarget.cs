using System.Text;
using Gateway.Connectors.Http;

namespace Gateway.Fuzz.Tests.Targets;

/// <summary>
/// A stream gives the same events however it is cut, the bytes are all there, and each event's data is what a plain reading of the standard
/// gives. The first four bytes say how it is cut.
/// </summary>
internal static class SseTarget
{
    private const int Head = 4;
    private const int Most = 300;

    public static void Check(byte[] input)
    {
        if (input.Length < Head)
        {
            return;
        }

        var stream = input[Head..];
        var whole = Read(stream, [stream.Length], FuzzTarget.MaxLength);
        Promise.Same(whole, Read(stream, [1], FuzzTarget.MaxLength), "Bytes one by one give the same.");
        Promise.Same(whole, Read(stream, CutsOf(input), FuzzTarget.MaxLength), "Pieces give the same.");
        Promise.Same(Plain(stream), whole, "Events are those of the standard.");

        // An event that is too long ends the stream at the same place.
        var limited = Read(stream, [stream.Length], Most);
        Promise.Same(limited, Read(stream, [1], Most), "Bytes one by one overflow alike.");
        Promise.Same(limited, Read(stream, CutsOf(input), Most), "Pieces overflow alike.");
    }

    private static int[] CutsOf(byte[] input) => [.. input.Take(Head).Select(b => (b % 16) + 1)];

    private static string Read(byte[] stream, int[] cuts, int most)
    {
        using var splitter = new SseSplitter(most);
        var (read, bytes) = (new StringBuilder(), new List<byte>());
        for (int at = 0, i = 0; at < stream.Length; i++)
        {
            var end = Math.Min(stream.Length, at + cuts[i % cuts.Length]);
            splitter.Append(stream.AsSpan(at..end));
            at = end;
            Take(splitter, read, bytes);
        }

        splitter.Complete();
        Take(splitter, read, bytes);
        if (splitter.IsOverflowing)
        {
            return read.Append("overflow").ToString();
        }

        bytes.AddRange(splitter.Unfinished);
        Promise.That(stream.AsSpan().SequenceEqual(bytes.ToArray()), "All events' bytes together are the stream.");
        return read.ToString();
    }

    private static void Take(SseSplitter splitter, StringBuilder read, List<byte> bytes)
    {
        while (splitter.TryRead(out var next))
        {
            bytes.AddRange(next.Raw);
            Write(read, Encoding.Latin1.GetString(next.Type), next.HasData ? Encoding.Latin1.GetString(next.Data) : null);
        }
    }

    /// <summary>The standard's own steps over the whole stream.</summary>
    private static string Plain(byte[] stream)
    {
        var text = Encoding.Latin1.GetString(stream.AsSpan().StartsWith("\uFEFF"u8) ? stream.AsSpan(3) : stream);
        var lines = text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Split('\n');
        var (read, type, data) = (new StringBuilder(), "", (string?)null);
        foreach (var line in lines[..^1])
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            var field = colon < 0 ? line : line[..colon];
            var value = colon < 0 ? "" : line[(colon + 1)..];
            value = value.StartsWith(' ') ? value[1..] : value;
            if (line.Length == 0)
            {
                Write(read, type, data);
                (type, data) = ("", null);
            }

            type = field == "event" ? value : type;
            data = field == "data" ? (data is null ? value : $"{data}\n{value}") : data;
        }

        return read.ToString();
    }

    private static void Write(StringBuilder read, string type, string? data) =>
        read.Append('<').Append(type).Append('|').Append(data ?? "none").Append('>');
}
