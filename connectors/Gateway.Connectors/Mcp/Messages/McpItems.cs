using System.Text.Json;
using Gateway.Connectors.Json;

namespace Gateway.Connectors.Mcp.Messages;

/// <summary>The items of an array in a message, one after the other: <c>foreach (var item in new McpItems(text, slice))</c>.</summary>
public ref struct McpItems
{
    private readonly int _start;
    private Utf8JsonReader _reader;

    /// <param name="text">The whole message, read strictly before.</param>
    /// <param name="array">An array in it; whatever else it is, and one that isn't there, has no items.</param>
    public McpItems(ReadOnlySpan<byte> text, McpSlice array)
    {
        _start = array.Start;
        var raw = array.Of(text);
        _reader = new Utf8JsonReader(raw, new JsonReaderOptions { MaxDepth = StrictJsonReader.MaxDepth });
        if (!raw.IsEmpty && raw[0] == (byte)'[')
        {
            _reader.Read();
        }
    }

    public McpSlice Current { get; private set; }

    public readonly McpItems GetEnumerator() => this;

    public bool MoveNext()
    {
        if (_reader.TokenType == JsonTokenType.None || !_reader.Read() || _reader.CurrentDepth == 0)
        {
            return false;
        }

        var start = (int)_reader.TokenStartIndex;
        _reader.Skip();
        Current = new McpSlice(_start + start, (int)_reader.BytesConsumed - start);
        return true;
    }
}
