using System.Diagnostics;
using Gateway.Testing;

namespace Gateway.Proxy.Tests.Faults;

/// <summary>A disk of one megabyte, mounted on a folder until it is disposed. Only root may mount one.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    public SmallDisk() =>
        Assert.True(Run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", _folder.Path), "A small disk can't be mounted.");

    public string Path => _folder.Path;

    public static bool CanBeMounted()
    {
        using var folder = new TemporaryDirectory();
        return Run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder.Path) && Run("umount", folder.Path);
    }

    public void Dispose()
    {
        Run("umount", Path);
        _folder.Dispose();
    }

    private static bool Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false; // There is no such program.
        }
    }
}

/// <summary>A fact that needs a small disk; skipped, and it says so, where none can be mounted.</summary>
public sealed class SmallDiskFactAttribute : FactAttribute
{
    public SmallDiskFactAttribute()
    {
        if (!SmallDisk.CanBeMounted())
        {
            Skip = "needs to mount a small disk, which only root may; the journal's own tests fail its writes everywhere";
        }
    }
}
