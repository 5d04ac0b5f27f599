using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Gateway.Proxy.Tests.Attacks;

/// <summary>What came back on one socket: the first answer, and whatever came behind it until the connection ended.</summary>
internal sealed record RawAnswer(int Status, IReadOnlyList<KeyValuePair<string, string>> Headers, string Body, string Behind)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>All that came.</summary>
    public string Text => $"{Status}\n{string.Join('\n', Headers.Select(h => $"{h.Key}: {h.Value}"))}\n\n{Body}{Behind}\n";

    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    public bool HasHeader(string name) => Headers.Any(h => h.Key.Equals(name, StringComparison.OrdinalIgnoreCase));

    public string? Header(string name) => Headers.SingleOrDefault(h => h.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;

    public static Task<RawAnswer> SendAsync(Uri gateway, byte[] request, bool toTheEnd = false) => SendAsync(gateway, [request], toTheEnd);

    /// <param name="parts">Written one by one, each flushed.</param>
    /// <param name="toTheEnd">Read on until the gateway closes the connection.</param>
    public static async Task<RawAnswer> SendAsync(Uri gateway, byte[][] parts, bool toTheEnd)
    {
        using var deadline = new CancellationTokenSource(Patience);
        using var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync(IPAddress.Loopback, gateway.Port, deadline.Token);
        var stream = client.GetStream();
        var bodiless = parts[0].AsSpan().StartsWith("HEAD "u8);
        var answer = ReadAsync(stream, toTheEnd, bodiless, deadline.Token);
        try
        {
            foreach (var part in parts)
            {
                await stream.WriteAsync(part, deadline.Token);
            }
        }
        catch (IOException)
        {
            // Refused and closed before all was sent: the answer says why.
        }

        return await answer;
    }

    private static async Task<RawAnswer> ReadAsync(NetworkStream stream, bool toTheEnd, bool bodiless, CancellationToken cancellationToken)
    {
        var text = new StringBuilder();
        var buffer = new byte[16 * 1024];
        try
        {
            while (
                (toTheEnd || !IsWhole(text.ToString(), bodiless))
                && await stream.ReadAsync(buffer, cancellationToken) is var read
                && read > 0
            )
            {
                text.Append(Encoding.Latin1.GetString(buffer, 0, read));
            }
        }
        catch (IOException)
        {
            // Reset: what was read counts.
        }

        return Parse(text.ToString());
    }

    private static bool IsWhole(string text, bool bodiless)
    {
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        return end >= 0
            && (
                bodiless
                || (
                    LengthOf(text[..end]) is { } length
                        ? text.Length >= end + 4 + length
                        : text.EndsWith("0\r\n\r\n", StringComparison.Ordinal)
                )
            );
    }

    private static int? LengthOf(string head)
    {
        var line = head.Split("\r\n").FirstOrDefault(l => l.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase));
        return line is null
            ? null
            : int.Parse(line.AsSpan("Content-Length:".Length), NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture);
    }

    private static RawAnswer Parse(string text)
    {
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (end < 0)
        {
            return new RawAnswer(0, [], text, "");
        }

        var lines = text[..end].Split("\r\n");
        var headers = lines.Skip(1).Select(l => l.Split(':', 2)).Select(p => KeyValuePair.Create(p[0], p[1].Trim())).ToArray();
        var rest = text[(end + 4)..];
        var length = Math.Min(LengthOf(text[..end]) ?? rest.Length, rest.Length);
        return new RawAnswer(int.Parse(lines[0].Split(' ')[1], CultureInfo.InvariantCulture), headers, rest[..length], rest[length..]);
    }
}
