using System.Text.Json;

namespace Gateway.Cli.Gating;

/// <summary>The file that a lock is: of many processes only one can make it.</summary>
internal static class LimitLockFile
{
    private static readonly TimeSpan Stale = TimeSpan.FromSeconds(15);

    /// <summary>What its holder writes in, by which it knows its own again.</summary>
    public static byte[] Mark(DateTimeOffset now) =>
        JsonSerializer.SerializeToUtf8Bytes(new { pid = Environment.ProcessId, created_at = now });

    /// <summary>False where it is there.</summary>
    public static bool TryMake(string path, byte[] mark)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None);
            stream.Write(mark);
            return true;
        }
        catch (IOException) when (Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(path))))
        {
            return false; // It is there, or was until just now.
        }
    }

    /// <summary>Removes one that its holder left behind. Moved away first: of two that find it stale only one can move it.</summary>
    public static void RemoveStale(string path, DateTimeOffset now)
    {
        try
        {
            if (now - File.GetLastWriteTimeUtc(path) <= Stale)
            {
                return;
            }

            var aside = $"{path}.{Environment.ProcessId}";
            File.Move(path, aside, overwrite: true);
            File.Delete(aside);
        }
        catch (FileNotFoundException)
        {
            // Its holder was done, or another process was faster.
        }
    }
}
