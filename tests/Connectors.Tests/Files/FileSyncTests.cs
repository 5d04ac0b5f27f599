using Gateway.Connectors.Files;

namespace Gateway.Connectors.Tests.Files;

public sealed class FileSyncTests
{
    [Fact]
    public void Flush_WhereTheSystemFailsIt_Throws()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        // The device that is always full can't be synced, on any Linux.
        using var stream = new FileStream("/dev/full", FileMode.Open, FileAccess.Write);

        Assert.Throws<IOException>(() => FileSync.Flush(stream));
    }
}
