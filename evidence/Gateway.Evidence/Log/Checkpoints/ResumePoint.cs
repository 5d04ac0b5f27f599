using Gateway.Evidence.Log.Tiles;
using Gateway.Evidence.Signing;
using Gateway.Policy.Model;

namespace Gateway.Evidence.Log.Checkpoints;

/// <summary>
/// Where a start reads on instead of from the beginning: what a walk over the log knew behind one of its records. Taken behind full tiles
/// of leaves only, so that tiles and bundles go on there too. Kept in the file <c>resume</c> of the log's folder as a signed note, since
/// whoever could change it could hide decisions without an outcome.
/// </summary>
/// <param name="Previous">The leaf hash of the last record before.</param>
/// <param name="Segment">Index of the first record of the segment that the last record before is in.</param>
/// <param name="Position">Where in it that record ends.</param>
/// <param name="LastFrame">Where in it that record begins.</param>
/// <param name="Open">The decisions without an outcome by then, each with the index of its record.</param>
internal sealed record ResumePoint(
    Sha256Digest Previous,
    long Segment,
    long Position,
    long LastFrame,
    TileEdge Edge,
    IReadOnlyList<KeyValuePair<string, long>> Open
)
{
    public const string FileName = "resume";

    /// <value>Records before it; a multiple of 256.</value>
    public long Size => Edge.Size;

    public byte[] Sign(string origin, Ed25519PrivateKey key) => SignedNote.Sign(ResumeText.Write(this, origin), origin, key);

    /// <summary>Null when it is good; otherwise what is wrong.</summary>
    /// <param name="keys">Null checks everything but the signature.</param>
    public static string? Read(ReadOnlySpan<byte> note, string origin, IReadOnlyList<Ed25519PublicKey>? keys, out ResumePoint? resume)
    {
        resume = null;
        if (SignedNote.Open(note, origin, keys, out var text) is { } wrong)
        {
            return wrong;
        }

        resume = ResumeText.Parse(text, origin);
        return resume is null ? "It isn't a mark to read on from." : null;
    }
}
