using System.Globalization;
using Gateway.Testing;

namespace Gateway.Proxy.Tests.Faults;

/// <summary>
/// A wall clock that is set from outside while a process runs (libfaketime), and the same one for the test. The monotonic clock goes on as
/// it does.
/// </summary>
internal sealed class FakeTime : TimeProvider, IDisposable
{
    private readonly TemporaryDirectory _folder = new();
    private long _ahead;

    public FakeTime() => Jump(TimeSpan.Zero);

    public static string? Library { get; } =
        Directory.Exists("/usr/lib")
            ? Directory
                .EnumerateDirectories("/usr/lib")
                .Select(folder => Path.Combine(folder, "faketime", "libfaketimeMT.so.1"))
                .FirstOrDefault(File.Exists)
            : null;

    /// <summary>Of the machine's clock; negative for behind it.</summary>
    public TimeSpan Ahead => new(Interlocked.Read(ref _ahead));

    private string Setting => _folder.File("ahead");

    /// <summary>From the next start on, the process has this clock. It looks for a jump once a second.</summary>
    public void Give(GatewayProcess process)
    {
        process.Variables["LD_PRELOAD"] = Library!;
        process.Variables["FAKETIME_TIMESTAMP_FILE"] = Setting;
        process.Variables["FAKETIME_CACHE_DURATION"] = "1";
        process.Variables["FAKETIME_DONT_FAKE_MONOTONIC"] = "1";
        process.Variables["NO_FAKE_STAT"] = "1";
    }

    public void Jump(TimeSpan ahead)
    {
        Interlocked.Exchange(ref _ahead, ahead.Ticks);
        File.WriteAllText(Setting + ".new", string.Create(CultureInfo.InvariantCulture, $"{ahead.TotalSeconds:+0;-0;+0}\n"));
        File.Move(Setting + ".new", Setting, overwrite: true);
    }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Ahead;

    public void Dispose() => _folder.Dispose();
}

/// <summary>A fact that sets a process' clock; skipped, and it says so, where libfaketime isn't installed.</summary>
public sealed class FakeTimeFactAttribute : FactAttribute
{
    public FakeTimeFactAttribute()
    {
        if (FakeTime.Library is null)
        {
            Skip = "needs libfaketime (Debian: faketime)";
        }
    }
}
