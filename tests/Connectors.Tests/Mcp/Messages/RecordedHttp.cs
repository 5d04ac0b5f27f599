using System.Globalization;
using System.Text;

namespace Gateway.Connectors.Tests.Mcp.Messages;

/// <summary>HTTP/1.1 messages out of the bytes of a connection; one that was cut off is there with what came of it.</summary>
internal sealed record RecordedHttp(string FirstLine, IReadOnlyList<KeyValuePair<string, string>> Headers, byte[] Body)
{
    public string? this[string name] => Headers.FirstOrDefault(line => line.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;

    /// <summary>The JSON texts of an answer: one, or one an event.</summary>
    public IEnumerable<byte[]> Messages() =>
        this["content-type"] switch
        {
            "text/event-stream" => Encoding
                .UTF8.GetString(Body)
                .Split("\n\n")[..^1]
                .SelectMany(text => text.Split('\n'))
                .Where(line => line.StartsWith("data: ", StringComparison.Ordinal) && line.Length > "data: ".Length)
                .Select(line => Encoding.UTF8.GetBytes(line["data: ".Length..])),
            "application/json" => [Body],
            _ => [],
        };

    public static List<RecordedHttp> ReadAll(byte[] bytes)
    {
        var (read, at) = (new List<RecordedHttp>(), 0);
        while (bytes.AsSpan(at).IndexOf("\r\n\r\n"u8) is >= 0 and var length)
        {
            var head = Encoding.Latin1.GetString(bytes, at, length).Split("\r\n");
            at += length + 4;
            var lines = head[1..]
                .Select(line => line.Split(':', 2))
                .Select(parts => KeyValuePair.Create(parts[0], parts[1].Trim()))
                .ToList();
            var message = new RecordedHttp(head[0], lines, []);
            message = message with { Body = BodyOf(message, bytes, ref at) };
            read.Add(message);
        }

        return read;
    }

    private static byte[] BodyOf(RecordedHttp head, byte[] bytes, ref int at)
    {
        if (head["transfer-encoding"] is null)
        {
            var length = Math.Min(int.Parse(head["content-length"] ?? "0", CultureInfo.InvariantCulture), bytes.Length - at);
            at += length;
            return bytes[(at - length)..at];
        }

        var body = new MemoryStream();
        while (bytes.AsSpan(at).IndexOf("\r\n"u8) is >= 0 and var end)
        {
            var size = int.Parse(Encoding.ASCII.GetString(bytes, at, end), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            at += end + 2;
            var there = Math.Min(size, bytes.Length - at);
            body.Write(bytes, at, there);
            at = Math.Min(at + there + 2, bytes.Length);
            if (size == 0)
            {
                break;
            }
        }

        return body.ToArray();
    }
}
