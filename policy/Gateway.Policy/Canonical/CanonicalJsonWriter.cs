using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics;
using System.Text;
using System.Text.Unicode;
using Gateway.Policy.Model;

namespace Gateway.Policy.Canonical;

/// <summary>
/// Writes one JSON value in canonical form (RFC 8785): no white space, minimal escapes. The caller gives the members in the order of their
/// names; a debug build throws <see cref="InvalidOperationException"/> where it doesn't. Everything is in the output when the last call has
/// returned: there is nothing to flush. Not thread-safe; <see cref="Reset"/> lets one serve many values.
/// </summary>
public sealed class CanonicalJsonWriter(IBufferWriter<byte> output)
{
    private IBufferWriter<byte> _output = output;
    private NameOrder? _order; // Never made in a release build, where nothing is checked.
    private bool _separate;

    /// <summary>Begins a new value, on an output of its own or the same one.</summary>
    public void Reset(IBufferWriter<byte> output)
    {
        _output = output;
        _separate = false;
        _order?.Clear();
    }

    public void StartObject()
    {
        Open((byte)'{');
        Enter();
    }

    public void EndObject()
    {
        Leave();
        Close((byte)'}');
    }

    public void StartArray()
    {
        Open((byte)'[');
        Enter();
    }

    public void EndArray()
    {
        Leave();
        Close((byte)']');
    }

    /// <summary>The name of the next member, in UTF-8; greater than the one before it in the same object.</summary>
    public void Name(ReadOnlySpan<byte> name)
    {
        Check(name);
        if (!JsonText.IsPlain(name))
        {
            Separate();
            JsonText.Write(_output, name);
            Put((byte)':');
        }
        else
        {
            // In one piece, for which the output is called twice and not eight times: a record has some fifty names.
            var span = _output.GetSpan(name.Length + 4);
            var length = Separate(span);
            length += JsonText.Quote(name, span[length..]);
            span[length] = (byte)':';
            _output.Advance(length + 1);
        }

        _separate = false;
    }

    public void String(ReadOnlySpan<char> text)
    {
        var span = _output.GetSpan((text.Length * JsonText.MostPerChar) + 3);
        var length = Separate(span);
        if (JsonText.TryQuote(text, span[length..], out var quoted))
        {
            _output.Advance(length + quoted);
        }
        else
        {
            // Rare: the text is turned again into a buffer of its own, because escaping can't be done in place.
            Separate();
            JsonText.Write(_output, Encoding.UTF8.GetBytes(text.ToArray()));
        }

        _separate = true;
    }

    /// <exception cref="ArgumentException">The bytes aren't UTF-8.</exception>
    public void String(ReadOnlySpan<byte> utf8)
    {
        if (JsonText.IsPlain(utf8))
        {
            var span = _output.GetSpan(utf8.Length + 3);
            var length = Separate(span);
            _output.Advance(length + JsonText.Quote(utf8, span[length..]));
        }
        else if (Utf8.IsValid(utf8))
        {
            Separate();
            JsonText.Write(_output, utf8);
        }
        else
        {
            throw new ArgumentException("The bytes aren't UTF-8, so they can't be written as JSON.", nameof(utf8));
        }

        _separate = true;
    }

    /// <summary>A digest as a string of 64 hexadecimal digits in lower case.</summary>
    public void Digest(Sha256Digest digest)
    {
        const int Digits = 2 * Sha256Digest.Length;
        var span = _output.GetSpan(Digits + 3);
        var length = Separate(span);
        span[length] = (byte)'"';
        digest.WriteHex(span.Slice(length + 1, Digits));
        span[length + Digits + 1] = (byte)'"';
        _output.Advance(length + Digits + 2);
        _separate = true;
    }

    /// <summary>A place in the documents as its text, which is made on the stack: a decision has one for each control.</summary>
    public void Place(SourcePosition source)
    {
        Span<char> text = stackalloc char[256];
        String(source.TryFormat(text, out var length) ? text[..length] : source.ToString());
    }

    /// <exception cref="ArgumentOutOfRangeException">
    /// Over 2^53 - 1 either way: readers would get another number (RFC 8785 section 3.2.2.3, RFC 7493 section 2.2).
    /// </exception>
    public void Number(long value)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, CanonicalJson.MaxInteger);
        ArgumentOutOfRangeException.ThrowIfLessThan(value, -CanonicalJson.MaxInteger);
        var span = _output.GetSpan(EcmaNumber.MaxLength + 1);
        var length = Separate(span);
        Utf8Formatter.TryFormat(value, span[length..], out var written);
        _output.Advance(length + written);
        _separate = true;
    }

    /// <exception cref="ArgumentException">Not a finite number.</exception>
    public void Number(double value)
    {
        Separate();
        if (!EcmaNumber.TryFormat(value, _output.GetSpan(EcmaNumber.MaxLength), out var written))
        {
            throw new ArgumentException("JSON has no such number: it must be finite.", nameof(value));
        }

        _output.Advance(written);
        _separate = true;
    }

    public void Bool(bool value) => Raw(value ? "true"u8 : "false"u8);

    public void Null() => Raw("null"u8);

    /// <summary>A value that is in canonical form already. It isn't looked at.</summary>
    public void Raw(ReadOnlySpan<byte> canonical)
    {
        var span = _output.GetSpan(canonical.Length + 1);
        var length = Separate(span);
        canonical.CopyTo(span[length..]);
        _output.Advance(length + canonical.Length);
        _separate = true;
    }

    private void Open(byte bracket)
    {
        var span = _output.GetSpan(2);
        var length = Separate(span);
        span[length] = bracket;
        _output.Advance(length + 1);
        _separate = false;
    }

    private void Close(byte bracket)
    {
        Put(bracket);
        _separate = true;
    }

    private void Separate()
    {
        if (_separate)
        {
            Put((byte)',');
        }
    }

    /// <summary>Writes the comma where one is due, for a caller that writes more into the same span. Returns the length.</summary>
    private int Separate(Span<byte> span)
    {
        if (!_separate)
        {
            return 0;
        }

        span[0] = (byte)',';
        return 1;
    }

    private void Put(byte b)
    {
        _output.GetSpan(1)[0] = b;
        _output.Advance(1);
    }

    [Conditional("DEBUG")]
    private void Enter() => (_order ??= new NameOrder()).Enter();

    [Conditional("DEBUG")]
    private void Leave() => _order!.Leave();

    [Conditional("DEBUG")]
    private void Check(ReadOnlySpan<byte> name) => (_order ??= new NameOrder()).Next(name);
}
