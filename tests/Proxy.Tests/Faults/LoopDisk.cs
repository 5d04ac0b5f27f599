using System.Diagnostics;
using Gateway.Testing;

namespace Gateway.Proxy.Tests.Faults;

/// <summary>
/// A disk of its own (ext4 on a loop device), which can stop answering or become read-only while files on it are open. Only root may mount
/// one.
/// </summary>
internal sealed class LoopDisk : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    public LoopDisk()
    {
        Directory.CreateDirectory(Path);
        using (var image = File.Create(Image))
        {
            image.SetLength(64 * 1024 * 1024);
        }

        Assert.True(Run("mkfs.ext4", "-q", Image) && Mount(), "A disk can't be mounted.");
    }

    public string Path => _folder.File("disk");

    private string Image => _folder.File("image");

    public static bool CanBeMounted()
    {
        using var folder = new TemporaryDirectory();
        var image = folder.File("image");
        using (var file = File.Create(image))
        {
            file.SetLength(1024 * 1024);
        }

        return Run("mkfs.ext4", "-q", image) && Run("mount", "-o", "loop", image, folder.Path) && Run("umount", folder.Path);
    }

    /// <summary>From now on whoever writes waits.</summary>
    public void Freeze() => Assert.True(Run("fsfreeze", "-f", Path));

    public void Thaw() => Assert.True(Run("fsfreeze", "-u", Path));

    /// <summary>What was written is kept; from now on writes fail, as after an error of the disk.</summary>
    public void BecomeReadOnly() => Assert.True(Run("sync", "-f", Path) && Run("mount", "-o", "remount,abort", Path));

    /// <summary>As an operator does, once nobody has a file open on it.</summary>
    public void Repair()
    {
        Assert.True(Run("umount", Path));

        // Whoever began with mounts of its own (unshare) while it was there holds the file system until he ends: mounted again, it would be
        // the same one, still read-only.
        Assert.True(SpinWait.SpinUntil(IsLetGo, Waiting.Deadline), "The disk's image stays in use.");
        Run("e2fsck", "-fy", Image); // Not 0 where it mended something.
        Assert.True(Mount());
    }

    public void Dispose()
    {
        Run("fsfreeze", "-u", Path); // A test that failed may have left it frozen, and then umount would wait for ever.
        Run("umount", Path);
        _folder.Dispose();
    }

    private static bool Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(
                new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true }
            )!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false; // There is no such program.
        }
    }

    private bool IsLetGo() => Run("sh", "-c", "! losetup -j \"$0\" | grep -q .", Image);

    private bool Mount() => Run("mount", "-o", "loop", Image, Path);
}

/// <summary>A fact that needs a disk of its own; skipped, and it says so, where none can be mounted.</summary>
public sealed class LoopDiskFactAttribute : FactAttribute
{
    public LoopDiskFactAttribute()
    {
        if (!LoopDisk.CanBeMounted())
        {
            Skip = "needs to mount ext4 on a loop device, which only root may; the journal's own tests fail its writes everywhere";
        }
    }
}
