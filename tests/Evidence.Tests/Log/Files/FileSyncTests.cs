using Gateway.Evidence.Log;
using Gateway.Evidence.Log.Files;

namespace Gateway.Evidence.Tests.Log.Files;

/// <summary>That a disk which says no is heard. The device that is always full can't be synced, on any Linux.</summary>
public sealed class FileSyncTests
{
    private const string Unsyncable = "/dev/full";

    [Fact]
    public void Flush_WhereTheSystemFailsIt_Throws()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        using var file = File.OpenHandle(Unsyncable, FileMode.Open, FileAccess.Write);

        Assert.Throws<IOException>(() => FileSync.Flush(file));
    }

    [Fact]
    public void Flush_OfAStreamWhereTheSystemFailsIt_Throws()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        using var stream = new FileStream(Unsyncable, FileMode.Open, FileAccess.Write);

        Assert.Throws<IOException>(() => FileSync.Flush(stream));
    }

    [Fact]
    public void TheJournalsDisk_WhereTheSystemFailsASync_Throws()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        using var file = File.OpenHandle(Unsyncable, FileMode.Open, FileAccess.Write);

        Assert.Throws<IOException>(() => Disk.Real.Flush(file));
    }

    [Fact]
    public void Flush_OfAStream_WritesWhatItHasInMemory()
    {
        var path = Path.GetTempFileName();
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
            stream.WriteByte(7);

            FileSync.Flush(stream);

            Assert.Equal(1, new FileInfo(path).Length);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
