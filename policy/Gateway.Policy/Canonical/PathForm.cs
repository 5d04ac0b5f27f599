using System.Buffers;
using Gateway.Policy.Model;

namespace Gateway.Policy.Canonical;

/// <summary>
/// The one JSON form of a decision's path (RFC 8785), for records: an array with an object a control; what isn't there is left out.
/// </summary>
public static class PathForm
{
    /// <summary>
    /// Writes the form. The bytes of a path that is written twice are kept with it, since the decisions that share it are many; they are
    /// some 100 an entry. One that is written once, as a refusal's often is, keeps none. Threads that race make the same bytes, and
    /// whichever are kept serve.
    /// </summary>
    public static void Write(CanonicalJsonWriter writer, DecisionPath path)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(path);
        var form = path.Form;
        if (form is null)
        {
            path.Form = [];
            WriteAnew(writer, path);
            return;
        }

        writer.Raw(form.Length > 0 ? form : path.Form = Bytes(path));
    }

    private static byte[] Bytes(DecisionPath path)
    {
        var output = new ArrayBufferWriter<byte>();
        WriteAnew(new CanonicalJsonWriter(output), path);
        return output.WrittenSpan.ToArray();
    }

    private static void WriteAnew(CanonicalJsonWriter writer, DecisionPath path)
    {
        writer.StartArray();
        foreach (ref readonly var entry in path.AsSpan())
        {
            WriteEntry(writer, entry);
        }

        writer.EndArray();
    }

    private static void WriteEntry(CanonicalJsonWriter writer, in PathEntry entry)
    {
        writer.StartObject();
        writer.Name("control"u8);
        writer.Number((long)entry.Control);
        writer.Name("inputs"u8);
        writer.String(entry.Inputs);
        writer.Name("outcome"u8);
        writer.String(NameOf(entry.Outcome));
        if (entry.Reason != ReasonCode.None)
        {
            writer.Name("reason"u8);
            writer.String(Reasons.Of(entry.Reason).Code);
        }

        if (entry.Source is { File: not null } source)
        {
            writer.Name("source"u8);
            writer.Place(source);
        }

        writer.EndObject();
    }

    internal static ReadOnlySpan<byte> NameOf(CheckOutcome value) =>
        value switch
        {
            CheckOutcome.Fail => "fail"u8,
            CheckOutcome.Pass => "pass"u8,
            CheckOutcome.NotApplicable => "not_applicable"u8,
        };
}
