using System.Text;
using Gateway.Evidence.Log.Checkpoints;
using Gateway.Evidence.Log.Files;
using Gateway.Policy.Model;

namespace Gateway.Evidence.Receipts;

/// <summary>The logs of one tenant that lie on this volume, whoever writes them.</summary>
public static class VolumeLogs
{
    /// <summary>In the order of their ids.</summary>
    /// <param name="root">The journal's root.</param>
    /// <exception cref="IOException">A file or folder can't be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public static IReadOnlyList<VolumeLog> List(string root, Id<Tenant> tenant)
    {
        var home = Path.Combine(root, tenant.ToString());
        var logs = new List<VolumeLog>();
        foreach (
            var folder in Directory.Exists(home) ? Directory.GetDirectories(home).Order(StringComparer.Ordinal) : Enumerable.Empty<string>()
        )
        {
            if (LogDescription.Find(folder) is { } log && log.Tenant == tenant.ToString() && log.Log.ToString() == Path.GetFileName(folder))
            {
                logs.Add(Read(folder, log.Log));
            }
        }

        return logs;
    }

    private static VolumeLog Read(string folder, LogId log)
    {
        var file = Path.Combine(folder, Checkpoint.FileName);
        var note = File.Exists(file) ? RegularFile.Read(file, Checkpoint.MaxLength + 1) : [];
        return note.Length > 0 && Checkpoint.Open(note, LogOrigin.Of(log), keys: null, out var head) is null
            ? new VolumeLog(log, head!.Size, Encoding.UTF8.GetString(note))
            : new VolumeLog(log, 0, "");
    }
}

/// <summary>A log on this volume.</summary>
/// <param name="Size">Records under its signed head; 0 for none yet.</param>
/// <param name="Head">The head as it is signed; empty for none yet.</param>
public sealed record VolumeLog(LogId Log, long Size, string Head);
