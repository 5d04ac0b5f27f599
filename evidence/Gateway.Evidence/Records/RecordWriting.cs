using Gateway.Policy.Canonical;
using Gateway.Policy.Model;

namespace Gateway.Evidence.Records;

/// <summary>Members as records write them: what isn't there is left out.</summary>
internal static class RecordWriting
{
    public static void Member(this CanonicalJsonWriter writer, ReadOnlySpan<byte> name, string? value)
    {
        if (value is not null)
        {
            writer.Name(name);
            writer.String(value.AsSpan());
        }
    }

    public static void Member(this CanonicalJsonWriter writer, ReadOnlySpan<byte> name, long? value)
    {
        if (value is { } number)
        {
            writer.Name(name);
            writer.Number(number);
        }
    }

    /// <summary>A name of the closed lists: known to be UTF-8 without anything to escape.</summary>
    public static void Member(this CanonicalJsonWriter writer, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        writer.Name(name);
        writer.String(value);
    }

    public static void Member(this CanonicalJsonWriter writer, ReadOnlySpan<byte> name, Sha256Digest? value)
    {
        if (value is { } digest)
        {
            writer.Name(name);
            writer.Digest(digest);
        }
    }

    public static void Member(this CanonicalJsonWriter writer, ReadOnlySpan<byte> name, IReadOnlyList<ReasonCode> reasons)
    {
        writer.Name(name);
        writer.StartArray();
        for (var i = 0; i < reasons.Count; i++)
        {
            writer.String(Reasons.Of(reasons[i]).Code.AsSpan());
        }

        writer.EndArray();
    }

    public static void Member(this CanonicalJsonWriter writer, ReadOnlySpan<byte> name, SourcePosition source)
    {
        if (source.File is null)
        {
            return; // Unset says nothing: a decision derived again has no places.
        }

        writer.Name(name);
        writer.Place(source);
    }

    /// <summary>A set of data classes, in the order of their numbers.</summary>
    public static void Member(this CanonicalJsonWriter writer, ReadOnlySpan<byte> name, DataClasses classes)
    {
        writer.Name(name);
        writer.StartArray();
        for (var bit = (int)DataClasses.Public; bit <= (int)DataClasses.TopSecret; bit <<= 1)
        {
            if ((classes & (DataClasses)bit) != 0)
            {
                writer.String(RecordNames.OfClass((DataClasses)bit));
            }
        }

        writer.EndArray();
    }
}
