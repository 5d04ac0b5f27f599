using Gateway.Evidence.Log.Checkpoints;
using Gateway.Evidence.Log.Files;
using Gateway.Evidence.Records;
using Gateway.Evidence.Signing;
using Gateway.Policy.Model;

namespace Gateway.Evidence.Log;

/// <summary>How long a log keeps its segments: what is set, never less than what must be.</summary>
internal static class KeptRetention
{
    /// <summary>What is to be set where it isn't so yet, and the record of it where something else was: the record comes first, so that
    /// a kill leaves no change without one.</summary>
    /// <param name="apart">Whether the log is opened for a command's records alone: it leaves what is set as it is.</param>
    public static (RetentionMark? Mark, ChangeRecord? Change) Next(JournalOptions options, RetentionMark? before, bool apart)
    {
        var kept = TimeSpan.FromSeconds((long)Math.Max(options.Retention.TotalSeconds, JournalOptions.LeastRetention.TotalSeconds));
        if (before is not null && (apart || before.Kept == kept))
        {
            return (null, null);
        }

        var change = before is null
            ? null
            : new ChangeRecord
            {
                Kind = GovernedChange.RetentionSet,
                Subject = $"{before.Kept.TotalDays:0.###} days",
                Revision = $"{kept.TotalDays:0.###} days",
                By = $"os:{Environment.UserName}",
                From = Environment.MachineName,
            };
        return (new RetentionMark(kept, before?.Minimum ?? 0), change);
    }

    public static void Set(LogFolder folder, LogKeys keys, RetentionMark mark) =>
        AtomicFile.Write(
            Path.Combine(folder.Path, RetentionMark.FileName),
            mark.Sign(LogOrigin.Of(folder.Description.Log), keys.Current),
            synced: true
        );
}
