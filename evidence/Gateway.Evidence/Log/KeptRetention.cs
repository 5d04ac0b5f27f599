using Gateway.Evidence.Log.Checkpoints;
using Gateway.Evidence.Log.Files;
using Gateway.Evidence.Records;
using Gateway.Evidence.Signing;

namespace Gateway.Evidence.Log;

/// <summary>How long a log keeps its segments: what is set, never less than what must be.</summary>
internal static class KeptRetention
{
    /// <summary>Takes it on; gives the record of it where it isn't the one before.</summary>
    public static ChangeRecord? TakeOn(LogFolder folder, JournalOptions options, LogKeys keys, RetentionMark? before)
    {
        var kept = TimeSpan.FromSeconds((long)Math.Max(options.Retention.TotalSeconds, JournalOptions.LeastRetention.TotalSeconds));
        if (before?.Kept == kept)
        {
            return null;
        }

        var origin = LogOrigin.Of(folder.Description.Log);
        AtomicFile.Write(
            Path.Combine(folder.Path, RetentionMark.FileName),
            new RetentionMark(kept, before?.Minimum ?? 0).Sign(origin, keys.Current),
            synced: true
        );
        return before is null
            ? null
            : new ChangeRecord
            {
                Kind = ChangeKind.RetentionSet,
                Subject = $"{before.Kept.TotalDays:0.###} days",
                Revision = $"{kept.TotalDays:0.###} days",
            };
    }
}
