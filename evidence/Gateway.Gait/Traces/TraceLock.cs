using Gateway.Evidence.Log.Files;

namespace Gateway.Gait.Traces;

/// <summary>Holds a folder of traces for one writer, by the file of its head.</summary>
internal static class TraceLock
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(3);

    /// <exception cref="IOException">Another writer held the folder for 3 s.</exception>
    public static async Task<FileStream> TakeAsync(string folder, TimeProvider time, CancellationToken cancellationToken)
    {
        for (var start = time.GetTimestamp(); ; )
        {
            if (ExclusiveFile.TryOpen(Path.Combine(folder, TraceFolder.HeadName)) is { } head)
            {
                return head;
            }

            if (time.GetElapsedTime(start) >= Timeout)
            {
                throw new IOException($"Another process has held '{TraceFolder.HeadName}' for {Timeout.TotalSeconds:F0} s.");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(5), time, cancellationToken);
        }
    }
}
