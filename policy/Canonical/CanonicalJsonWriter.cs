using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics;
using System.Text.Unicode;
using Gateway.Policy.Model;

namespace Gateway.Policy.Canonical;

/// <summary>
/// Writes one JSON value in canonical form (RFC 8785): no white space, minimal escapes. The caller gives the members in the order of their
/// names; a debug build throws <see cref="InvalidOperationException"/> where it doesn't. Everything is in the output when the last call has returned: there is
/// nothing to flush. Not thread-safe; <see cref="Reset"/> lets one serve many values.
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
        Separate();
        JsonText.Write(_output, name);
        Put((byte)':');
        _separate = false;
    }

    public void String(ReadOnlySpan<char> text)
    {
        Separate();
        JsonText.Write(_output, text);
        _separate = true;
    }

    /// <exception cref="ArgumentException">The bytes aren't UTF-8.</exception>
    public void String(ReadOnlySpan<byte> utf8)
    {
        if (!Utf8.IsValid(utf8))
        {
            throw new ArgumentException("The bytes aren't UTF-8, so they can't be written as JSON.", nameof(utf8));
        }

        Separate();
        JsonText.Write(_output, utf8);
        _separate = true;
    }

    /// <summary>A digest as a string of 64 hexadecimal digits in lower case.</summary>
    public void Digest(Sha256Digest digest)
    {
        Span<byte> bytes = stackalloc byte[Sha256Digest.Length];
        digest.CopyTo(bytes);
        Span<byte> text = stackalloc byte[2 * Sha256Digest.Length];
        Convert.TryToHexStringLower(bytes, text, out _);
        String(text);
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
        Separate();
        Utf8Formatter.TryFormat(value, _output.GetSpan(EcmaNumber.MaxLength), out var written);
        _output.Advance(written);
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
        Separate();
        _output.Write(canonical);
        _separate = true;
    }

    private void Open(byte bracket)
    {
        Separate();
        Put(bracket);
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
