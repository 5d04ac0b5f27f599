using System.Globalization;
using Gateway.Policy.Canonical;
using Gateway.Policy.Model;

namespace Gateway.Evidence.Records;

/// <summary>What was kept of a body, apart from the journal. Unless it has a digest, it wasn't.</summary>
/// <param name="Form">In which form it was to be kept.</param>
/// <param name="Until">The last day, in UTC, on which it is kept.</param>
public sealed record KeptBody(BodyForm Form, DateOnly Until)
{
    /// <summary>Of the bytes that were kept; null where none were.</summary>
    public Sha256Digest? Digest { get; init; }

    /// <value>Bytes that were kept.</value>
    public long Length { get; init; }

    /// <summary>Whether there was more of it than is kept.</summary>
    public bool Cut { get; init; }

    /// <summary>Why it wasn't kept.</summary>
    public BodyProblem Problem { get; init; }

    public bool IsKept => Digest is not null;

    internal void Write(CanonicalJsonWriter writer)
    {
        writer.Name("kept"u8);
        writer.StartObject();
        if (Cut)
        {
            writer.Name("cut"u8);
            writer.Bool(true);
        }

        writer.Member("digest"u8, Digest);
        writer.Member("form"u8, RecordNames.Of(Form));
        if (IsKept)
        {
            writer.Member("length"u8, Length);
            writer.Member("until"u8, Until.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        }
        else
        {
            writer.Member("problem"u8, RecordNames.Of(Problem));
        }

        writer.EndObject();
    }
}
