using Gateway.Evidence.Log.Checkpoints;
using Gateway.Evidence.Log.Files;
using Gateway.Evidence.Signing;

namespace Gateway.Evidence.Log.Retention;

/// <summary>Seals the segments of a log that are full and whose records are under a checkpoint.</summary>
internal static class SegmentSealer
{
    /// <summary>Seals what isn't sealed yet before a segment.</summary>
    /// <param name="current">The file that is being written, or walked over; it isn't sealed.</param>
    /// <exception cref="IOException">A file can't be read or written.</exception>
    public static void SealBefore(string folder, LogId log, string current, LogKeys keys, TimeProvider time)
    {
        var files = SegmentName.List(folder);
        for (var i = 0; i + 1 < files.Length && files[i] != current; i++)
        {
            if (SegmentName.TryParse(files[i], out var first) && SegmentName.TryParse(files[i + 1], out var next))
            {
                var path = Path.Combine(folder, SegmentSeal.NameOf(first));
                if (!File.Exists(path))
                {
                    var seal = new SegmentSeal(
                        first,
                        next - 1,
                        new FileInfo(files[i]).Length,
                        SegmentDigest.Compute(files[i]),
                        time.GetUtcNow()
                    );
                    AtomicFile.Write(path, seal.Sign(LogOrigin.Of(log), keys.Current), synced: true);
                }
            }
        }
    }
}
