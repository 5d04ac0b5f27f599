using System.Buffers;
using System.Text.Json;
using Gateway.Policy.Model;

namespace Gateway.Policy.Documents;

/// <summary>
/// One document's canonical form: JSON in UTF-8 with the fields in the order of the reader, every value in its one spelling and every
/// default written out. Positions, comments and layout aren't part of it. Only its digest is kept.
/// </summary>
internal sealed class CanonicalForm : IDisposable
{
    [ThreadStatic]
    private static CanonicalForm? _free;

    private readonly ArrayBufferWriter<byte> _json = new();

    private CanonicalForm() => Writer = new Utf8JsonWriter(_json);

    public Utf8JsonWriter Writer { get; }

    /// <summary>An empty one, of this thread's where it has one to spare.</summary>
    public static CanonicalForm Rent()
    {
        var form = _free ?? new CanonicalForm();
        _free = null;
        form._json.ResetWrittenCount();
        form.Writer.Reset();
        return form;
    }

    /// <summary>Of what was written.</summary>
    public Sha256Digest Digest()
    {
        Writer.Flush();
        return Sha256Digest.Compute(_json.WrittenSpan);
    }

    /// <summary>Gives it back.</summary>
    public void Dispose() => _free = this;
}
