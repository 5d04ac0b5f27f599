using System.Diagnostics;
using Xunit;

namespace Gateway.Testing;

/// <summary>A disk of one megabyte, mounted on a folder until it is disposed. Only root may mount one.</summary>
public sealed class SmallDisk : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    public SmallDisk() =>
        Assert.True(Run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", _folder.Path), "A small disk can't be mounted.");

    public string Path => _folder.Path;

    private string Ballast => _folder.File("ballast");

    public static bool CanBeMounted()
    {
        using var folder = new TemporaryDirectory();
        return Run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder.Path) && Run("umount", folder.Path);
    }

    /// <summary>Leaves no room on it, until <see cref="Free"/>.</summary>
    public void Fill()
    {
        using var ballast = new FileStream(Ballast, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        var block = new byte[4096];
        try
        {
            while (true)
            {
                ballast.Write(block);
            }
        }
        catch (IOException)
        {
            // It is full.
        }
    }

    public void Free() => File.Delete(Ballast);

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
