using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Gateway.Policy.Canonical;
using Gateway.Policy.Model;

namespace Gateway.Connectors.Redaction;

/// <summary>
/// The copy of one document in which some strings are others; nothing is copied until the first of them. Not thread-safe. Dispose returns
/// pooled memory.
/// </summary>
/// <param name="output">Gets the copy; empty until then.</param>
internal sealed class JsonRewriter(ReadOnlyMemory<byte> json, GrowingBuffer output) : IDisposable
{
    private readonly GrowingBuffer _output = output;
    private byte[]? _unescaped;
    private TextFinds? _finds;
    private bool _isAnother;
    private int _copied;

    /// <summary>What was replaced so far.</summary>
    public RedactionCounts Counts { get; private set; }

    /// <summary>Puts a marker in place of a value.</summary>
    /// <param name="why">The pattern that the value is; none where its place is why.</param>
    public void Replace(int start, int end, RedactionPatterns why)
    {
        var output = CopyTo(start);
        Counts = Counts.And(why);
        output.Write("\""u8);
        output.Write(RedactionMarkers.Of(why));
        output.Write("\""u8);
        _copied = end;
    }

    /// <summary>Replaces what the patterns find in the current string.</summary>
    public void Text(in Utf8JsonReader reader, RedactionPatterns patterns)
    {
        var text = Unescape(in reader);
        if (TextFinds.MayReadOtherwise(text))
        {
            Replace(in reader, text, (_finds ??= new TextFinds()).In(text, patterns));
            return;
        }

        patterns = PossiblePatterns.Of(text, patterns);
        if (!TextScanner.TryFind(text, patterns, 0, out var find))
        {
            return;
        }

        var output = Open(in reader);
        var done = 0;
        do
        {
            done = Replace(output, text, done, find, reader.ValueIsEscaped);
        } while (TextScanner.TryFind(text, patterns, done, out find));
        Close(output, text[done..], in reader);
    }

    private void Replace(in Utf8JsonReader reader, ReadOnlySpan<byte> text, IReadOnlyList<TextFind> finds)
    {
        if (finds.Count == 0)
        {
            return;
        }

        var output = Open(in reader);
        var done = 0;
        for (var i = 0; i < finds.Count; i++)
        {
            done = Replace(output, text, done, finds[i], reader.ValueIsEscaped);
        }

        Close(output, text[done..], in reader);
    }

    private GrowingBuffer Open(in Utf8JsonReader reader)
    {
        var output = CopyTo((int)reader.TokenStartIndex);
        output.Write("\""u8);
        return output;
    }

    private int Replace(GrowingBuffer output, ReadOnlySpan<byte> text, int done, TextFind find, bool wasEscaped)
    {
        Copy(output, text[done..find.Start], wasEscaped);
        output.Write(RedactionMarkers.Of(find.Pattern));
        Counts = Counts.And(find.Pattern);
        return find.Start + find.Length;
    }

    private void Close(GrowingBuffer output, ReadOnlySpan<byte> rest, in Utf8JsonReader reader)
    {
        Copy(output, rest, reader.ValueIsEscaped);
        output.Write("\""u8);
        _copied = (int)reader.BytesConsumed;
    }

    /// <summary>The document itself where nothing was replaced.</summary>
    public ReadOnlyMemory<byte> Finish() => _isAnother ? CopyTo(json.Length).WrittenMemory : json;

    public void Dispose()
    {
        _finds?.Dispose();
        Return();
    }

    private void Return()
    {
        if (_unescaped is not null)
        {
            ArrayPool<byte>.Shared.Return(_unescaped, clearArray: true);
            _unescaped = null;
        }
    }

    private GrowingBuffer CopyTo(int end)
    {
        _isAnother = true;
        _output.Write(json.Span[_copied..end]);
        _copied = end;
        return _output;
    }

    private ReadOnlySpan<byte> Unescape(in Utf8JsonReader reader)
    {
        if (!reader.ValueIsEscaped)
        {
            return reader.ValueSpan;
        }

        if (_unescaped is null || _unescaped.Length < reader.ValueSpan.Length)
        {
            Return();
            _unescaped = ArrayPool<byte>.Shared.Rent(reader.ValueSpan.Length);
        }

        return _unescaped.AsSpan(0, reader.CopyString(_unescaped));
    }

    /// <summary>What stood in the document as it is needs no escaping there again.</summary>
    private static void Copy(GrowingBuffer output, ReadOnlySpan<byte> text, bool wasEscaped)
    {
        if (wasEscaped)
        {
            Escape(output, text);
        }
        else
        {
            output.Write(text);
        }
    }

    /// <summary>By the piece: room for the worst case of a whole text would be six times its length.</summary>
    private static void Escape(GrowingBuffer output, ReadOnlySpan<byte> text)
    {
        Span<byte> piece = stackalloc byte[512];
        while (!text.IsEmpty)
        {
            JavaScriptEncoder.UnsafeRelaxedJsonEscaping.EncodeUtf8(text, piece, out var consumed, out var written);
            output.Write(piece[..written]);
            text = text[consumed..];
        }
    }
}
