using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Gateway.LoadTests.Measuring;

/// <summary>
/// Sleeps to within microseconds. <see cref="Thread.Sleep(int)"/> knows whole milliseconds, which is longer than most of what is measured.
/// </summary>
internal static partial class PreciseWait
{
    private const int SetTimerSlack = 29;
    private const long NanosecondsPerSecond = 1_000_000_000;

    /// <summary>
    /// Asks the kernel, once a thread, not to wake it late in order to save power: on Linux it may be 50 microseconds late otherwise.
    /// </summary>
    public static void BePunctual()
    {
        if (OperatingSystem.IsLinux())
        {
            _ = ProcessControl(SetTimerSlack, 1, 0, 0, 0);
        }
    }

    /// <param name="timestamp">Of <see cref="Stopwatch"/>. One in the past returns at once.</param>
    public static void Until(long timestamp)
    {
        var left = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), timestamp);
        if (left > TimeSpan.Zero)
        {
            var nanoseconds = (long)left.TotalNanoseconds;
            _ = Sleep(new Duration(nanoseconds / NanosecondsPerSecond, nanoseconds % NanosecondsPerSecond), 0);
        }
    }

    [LibraryImport("libc", EntryPoint = "nanosleep")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Sleep(in Duration duration, nint remaining);

    [LibraryImport("libc", EntryPoint = "prctl")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int ProcessControl(int option, nuint a, nuint b, nuint c, nuint d);

    /// <summary>C's <c>timespec</c>.</summary>
    private readonly record struct Duration(long Seconds, long Nanoseconds);
}
