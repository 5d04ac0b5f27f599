using System.Text.Encodings.Web;
using System.Text.Json;
using Gateway.Connectors.Mcp.Messages;

namespace Gateway.Proxy.Doors.Mcp;

/// <summary>Values of a message that are put in place of others; every other byte stays as it is.</summary>
internal sealed class McpEdits
{
    private readonly List<(McpSlice Place, ReadOnlyMemory<byte> Bytes)> _edits = [];

    public bool IsEmpty => _edits.Count == 0;

    /// <param name="json">One JSON value.</param>
    public void Put(McpSlice place, ReadOnlyMemory<byte> json) => _edits.Add((place, json));

    public void PutText(McpSlice place, string text) =>
        Put(
            place,
            (byte[])[(byte)'"', .. JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).EncodedUtf8Bytes, (byte)'"']
        );

    /// <summary>The message with them; the same memory where there are none.</summary>
    public ReadOnlyMemory<byte> Apply(ReadOnlyMemory<byte> message)
    {
        if (IsEmpty)
        {
            return message;
        }

        _edits.Sort(static (a, b) => a.Place.Start.CompareTo(b.Place.Start));
        using var output = new MemoryStream(message.Length);
        var at = 0;
        foreach (var (place, bytes) in _edits)
        {
            output.Write(message.Span[at..place.Start]);
            output.Write(bytes.Span);
            at = place.Start + place.Length;
        }

        output.Write(message.Span[at..]);
        return output.GetBuffer().AsMemory(0, (int)output.Length);
    }
}
