using Gateway.Evidence.Tiles;
using Gateway.Policy.Model;

namespace Gateway.Evidence.Journal;

/// <summary>
/// Where a start reads on instead of from the beginning: what a walk over the log knew behind one of its records. Taken behind full tiles
/// of leaves only, so that tiles and bundles go on there too.
/// </summary>
/// <param name="Previous">The leaf hash of the last record before.</param>
/// <param name="Segment">Index of the first record of the segment that the last record before is in.</param>
/// <param name="Position">Where in it that record ends.</param>
/// <param name="LastFrame">Where in it that record begins.</param>
/// <param name="Open">The decisions without an outcome by then, each with the index of its record.</param>
internal sealed record LogResume(
    Sha256Digest Previous,
    long Segment,
    long Position,
    long LastFrame,
    TileEdge Edge,
    IReadOnlyList<KeyValuePair<string, long>> Open
)
{
    /// <value>Records before it; a multiple of 256.</value>
    public long Size => Edge.Size;
}
