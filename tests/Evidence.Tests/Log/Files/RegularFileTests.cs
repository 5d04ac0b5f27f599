using System.Diagnostics;
using Gateway.Evidence.Log.Files;
using Gateway.Evidence.Verification;
using Gateway.Testing;

namespace Gateway.Evidence.Tests.Log.Files;

/// <summary>
/// What somebody else may have put where a file of a journal should be: it must neither hold an auditor's process nor fill its memory.
/// </summary>
public sealed class RegularFileTests : IDisposable
{
    private readonly TestJournal _journal = new();

    public void Dispose() => _journal.Dispose();

    [Theory]
    [InlineData("checkpoint")]
    [InlineData("retention")]
    [InlineData("log.json")]
    [InlineData("seal-00000000000000000000")]
    [InlineData("segment-00000000000000000000.log")]
    [InlineData("segment-00000000000000009999.log")]
    [InlineData("tile/0/000")]
    public async Task Verify_WithAPipeInPlaceOfAFile_EndsWithAProblem(string name)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        var folder = await _journal.FillAsync(300);
        File.Delete(Path.Combine(folder, name));
        using (var made = Process.Start("mkfifo", Path.Combine(folder, name)))
        {
            await made.WaitForExitAsync();
        }

        var verifying = Task.Run(() => JournalVerifier.Verify(folder).Problem);

        Assert.NotNull(await verifying.WaitAsync(TimeSpan.FromSeconds(60)));
    }

    [Theory]
    [InlineData("checkpoint")]
    [InlineData("tile/0/000")]
    [InlineData("seal-00000000000000000000")]
    public async Task Verify_WithADeviceWithoutAnEndInPlaceOfAFile_EndsWithAProblem(string name)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        var folder = await _journal.FillAsync(300);
        File.Delete(Path.Combine(folder, name));
        File.CreateSymbolicLink(Path.Combine(folder, name), "/dev/zero");

        Assert.NotNull(JournalVerifier.Verify(folder).Problem);
    }

    [Theory]
    [InlineData("checkpoint")]
    [InlineData("retention")]
    [InlineData("log.json")]
    [InlineData("tile/0/000")]
    [InlineData("seal-00000000000000000000")]
    public async Task Verify_WithAFileOfTwoGigabytes_ReadsNoMoreThanSuchAFileHas(string name)
    {
        var folder = await _journal.FillAsync(300);
        Lengthen(Path.Combine(folder, name), 2_000_000_000);
        var before = GC.GetTotalAllocatedBytes();

        Assert.NotNull(JournalVerifier.Verify(folder).Problem);
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 500_000_000);
    }

    [Fact]
    public async Task Verify_WithALastSegmentOfATerabyteOfNothing_FindsItTooLong()
    {
        var folder = await _journal.FillAsync(300);
        Lengthen(Directory.GetFiles(folder, "segment-*").Order(StringComparer.Ordinal).Last(), 1L << 40);

        Assert.Equal(LogProblemKind.Segment, JournalVerifier.Verify(folder).Problem?.Kind);
    }

    [Fact]
    public void Read_GivesTheBeginningThatIsAskedForAndNoMore()
    {
        using var directory = new TemporaryDirectory();
        var file = directory.File("file");
        File.WriteAllBytes(file, [1, 2, 3]);

        Assert.Equal([1, 2], RegularFile.Read(file, 2));
        Assert.Equal([1, 2, 3], RegularFile.Read(file, 4));
        Assert.Throws<FileNotFoundException>(() => RegularFile.Read(file + "2", 4));
        Assert.ThrowsAny<IOException>(() => RegularFile.Read(Path.Combine(file, "inside"), 4));
    }

    private static void Lengthen(string file, long length)
    {
        using var handle = File.OpenHandle(file, FileMode.Open, FileAccess.Write);
        RandomAccess.SetLength(handle, length);
    }
}
