using System.Diagnostics;
using Gateway.Evidence.Log;
using Gateway.Evidence.Log.Shipping;
using Gateway.Evidence.Receipts;
using Gateway.Evidence.Verification;
using Gateway.Policy.Model;
using Gateway.Testing;

namespace Gateway.Evidence.Tests.Log.Shipping;

public sealed class JournalShippingTests : IDisposable
{
    private static readonly Id<Tenant> Acme = Id<Tenant>.Parse("acme");
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private readonly ShippedFolder _shipped = new();

    public void Dispose() => _shipped.Dispose();

    [Fact]
    public async Task Ship_CopiesWhatIsSealed_AndTheCopyVerifiesByItself()
    {
        await using var log = await _shipped.LongAsync();

        var (done, shipped) = _shipped.ShipAll();

        Assert.Equal(("", 0), (done.FirstProblem, done.Unshipped));
        Assert.Equal(ShippedFolder.Segments(log.Folder).Length - 1, shipped);
        Demand(_shipped.Archive, Sealed(log));
        Assert.Equal(0, _shipped.ShipAll().Shipped);
    }

    [Fact]
    public async Task Ship_AsTheLogGrows_GoesOnWhereItWas()
    {
        await using var log = await _shipped.LongAsync(300);
        for (var round = 0; round < 4; round++)
        {
            Assert.Equal("", _shipped.Ship().FirstProblem);
            Demand(_shipped.Archive, Sealed(log));
            await _shipped.AppendAsync(log, 97 + (round * 41));
        }

        Assert.Equal(0, _shipped.Ship().Unshipped);
        Demand(_shipped.Archive, Sealed(log));
    }

    [Fact]
    public async Task Remove_WhatTheArchiveHolds_LeavesBothVerifiableAndEveryReceipt()
    {
        string folder;
        long size;
        await using (var log = await _shipped.LongAsync())
        {
            (folder, size) = (log.Folder, Sealed(log));
            _shipped.Ship();
            Assert.Equal((0, ""), await log.RemoveArchivedAsync(_shipped.Archive, Day, CancellationToken.None));
            _shipped.Journal.Time.Advance(Day);
            var (removed, stays) = await log.RemoveArchivedAsync(_shipped.Archive, Day, CancellationToken.None);

            Assert.Equal("", stays);
            Assert.InRange(removed, 5, int.MaxValue);
            Assert.True(log.TrySign());
            Assert.Null(await ReceiptAsync(log, 0, archive: null));
            foreach (var index in new[] { 0, 255, 256, size - 1, size })
            {
                var receipt = await ReceiptAsync(log, index, _shipped.Archive);
                Assert.Null(ReceiptVerifier.Verify(receipt, "receipt", TestJournal.Keys.Public, out _));
            }

            await _shipped.AppendAsync(log, 300);
            Assert.Equal(("", 0), (_shipped.Ship().FirstProblem, _shipped.Ship().Unshipped));
        }

        Demand(_shipped.Archive, 700);
        Assert.Null(JournalVerifier.Verify(_shipped.Journal.Root, TestJournal.Keys.Public).Problem);
        await using var again = _shipped.Journal.Open();
        Assert.Equal(Path.GetFileName(folder), again.Id.ToString());
        Assert.Contains("\"archive\":", string.Concat(ShippedFolder.Segments(folder).Select(File.ReadAllText)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Remove_AnyCopyThatIsNotTheSegment_Stays()
    {
        await using var log = await _shipped.LongAsync();
        _shipped.Ship();
        _shipped.Journal.Time.Advance(Day);
        var there = _shipped.There(log.Folder);
        var first = ShippedFolder.Segments(there)[0];
        var before = ShippedFolder.Segments(log.Folder).Length;
        foreach (var file in (string[])[first, Path.Combine(there, "tile/0/000"), SealOf(first), Path.Combine(there, "log.json")])
        {
            foreach (var spoil in (Action<string>[])[Flip, Shorten, File.Delete])
            {
                var good = await File.ReadAllBytesAsync(file);
                spoil(file);

                var (removed, stays) = await log.RemoveArchivedAsync(_shipped.Archive, Day, CancellationToken.None);

                Assert.Equal((0, before), (removed, ShippedFolder.Segments(log.Folder).Length));
                Assert.NotEmpty(stays);
                await File.WriteAllBytesAsync(file, good);
            }
        }

        // What was found spoilt is read back again by the next pass, and mended.
        Flip(first);
        Assert.Equal(0, (await log.RemoveArchivedAsync(_shipped.Archive, Day, CancellationToken.None)).Removed);
        Assert.Equal(1, _shipped.ShipAll().Shipped);
        Assert.InRange((await log.RemoveArchivedAsync(_shipped.Archive, Day, CancellationToken.None)).Removed, 5, before);
    }

    [Theory]
    [InlineData("wrong")]
    [InlineData("short")]
    [InlineData("missing")]
    [InlineData("full")]
    public async Task Ship_ToADiskThatDoesNotKeepWhatIsWritten_CountsItUnshipped(string fault)
    {
        await using var log = await _shipped.LongAsync();
        _shipped.Journal.Time.Advance(Day);
        var before = ShippedFolder.Segments(log.Folder).Length;

        var done = _shipped.Ship(Broken(fault));

        Assert.NotEmpty(done.FirstProblem);
        Assert.InRange(done.Unshipped, 10, before);
        Assert.Empty(Directory.GetFiles(_shipped.Archive, "*.new", SearchOption.AllDirectories));
        Assert.Equal(0, (await log.RemoveArchivedAsync(_shipped.Archive, Day, CancellationToken.None)).Removed);
        Assert.Equal(before, ShippedFolder.Segments(log.Folder).Length);
        Assert.Equal(("", 0), (_shipped.Ship().FirstProblem, _shipped.Ship().Unshipped));
        Demand(_shipped.Archive, Sealed(log));
    }

    [Fact]
    public async Task Ship_WithoutItsArchive_OrToAnotherOnesPlace_CountsEverythingAndMakesNothing()
    {
        await using var log = await _shipped.LongAsync();
        _shipped.Ship();
        await log.RemoveArchivedAsync(_shipped.Archive, TimeSpan.Zero, CancellationToken.None);
        Assert.True(log.TrySign());
        var away = _shipped.Archive + "-away";
        Directory.Move(_shipped.Archive, away);
        try
        {
            var gone = _shipped.Ship();
            Assert.InRange(gone.Unshipped, 10, int.MaxValue);
            Assert.Contains("isn't there", gone.FirstProblem, StringComparison.Ordinal);
            Assert.False(Directory.Exists(_shipped.Archive));

            Directory.CreateDirectory(_shipped.Archive); // As a volume's place is while it isn't mounted.
            var other = _shipped.Ship();
            Assert.InRange(other.Unshipped, 10, int.MaxValue);
            Assert.Contains("archive.id", other.FirstProblem, StringComparison.Ordinal);
            Assert.Empty(Directory.GetFileSystemEntries(_shipped.Archive));
            await Assert.ThrowsAsync<JournalUnavailableException>(() => ReceiptAsync(log, 0, _shipped.Archive));
            Assert.False(Directory.Exists(_shipped.There(log.Folder)));
            await Assert.ThrowsAsync<JournalUnavailableException>(() => ReceiptAsync(log, 1, away + "-too", elsewhere: true));
        }
        finally
        {
            Directory.Delete(_shipped.Archive, recursive: true);
            Directory.Move(away, _shipped.Archive);
        }

        Assert.Equal(0, _shipped.Ship().Unshipped);
    }

    [Fact]
    public async Task Ship_SegmentThatIsGoneEverywhere_IsSaidForEverAndStopsNoOther()
    {
        await using var log = await _shipped.LongAsync();
        _shipped.Ship();
        _shipped.Journal.Time.Advance(Day);
        await log.RemoveArchivedAsync(_shipped.Archive, Day, CancellationToken.None);
        File.Delete(ShippedFolder.Segments(_shipped.There(log.Folder))[2]);
        await _shipped.AppendAsync(log, 300);

        foreach (var done in (ShippedJournal[])[_shipped.Ship(), _shipped.Ship()])
        {
            Assert.Equal(1, done.Unshipped);
            Assert.Contains("put it back", done.FirstProblem, StringComparison.Ordinal);
        }

        Assert.NotNull(JournalVerifier.Verify(_shipped.Archive, TestJournal.Keys.Public).Problem);
    }

    [Fact]
    public async Task Ship_MoreSegmentsThatAreGoneEverywhereThanOnePassTakes_ShipsWhatIsNewAndEnds()
    {
        await using var log = await _shipped.LongAsync(2600);
        _shipped.Ship();
        _shipped.Journal.Time.Advance(Day);
        await log.RemoveArchivedAsync(_shipped.Archive, Day, CancellationToken.None);
        var gone = ShippedFolder.Segments(_shipped.There(log.Folder))[..(LogShipment.MostPerPass + 1)];
        Assert.All(gone, file => Assert.False(File.Exists(Path.Combine(log.Folder, Path.GetFileName(file)))));
        Array.ForEach(gone, File.Delete);
        await _shipped.AppendAsync(log, 300);

        var (done, shipped) = _shipped.ShipAll();

        Assert.Equal((gone.Length, false), (done.Unshipped, done.GoesOn));
        Assert.InRange(shipped, 5, int.MaxValue);
    }

    [Fact]
    public async Task Ship_WhereTheCheckpointCanNotBeWritten_DoesNotGoOnAtOnce()
    {
        await using var log = await _shipped.LongAsync(2600);
        var files = new ArchiveFiles
        {
            Rename = (from, to) =>
            {
                if (Path.GetFileName(to) == "checkpoint")
                {
                    throw new IOException("full");
                }

                File.Move(from, to, overwrite: true);
            },
        };

        Assert.False(_shipped.Ship(files).GoesOn);
    }

    [Theory]
    [InlineData("link")]
    [InlineData("folder")]
    [InlineData("same file")]
    public async Task Remove_CopyThatIsTheJournalItself_Stays(string how)
    {
        await using var log = await _shipped.LongAsync();
        _shipped.Ship();
        var there = _shipped.There(log.Folder);
        foreach (var file in how == "folder" ? [] : ShippedFolder.Segments(there))
        {
            var here = Path.Combine(log.Folder, Path.GetFileName(file));
            File.Delete(file);
            if (how == "link")
            {
                File.CreateSymbolicLink(file, here);
            }
            else
            {
                using var made = Process.Start("ln", [here, file]);
                await made.WaitForExitAsync();
                Assert.Equal(0, made.ExitCode);
            }
        }

        if (how == "folder")
        {
            Directory.Delete(there, recursive: true);
            Directory.CreateSymbolicLink(there, log.Folder);
        }

        var (removed, stays) = await log.RemoveArchivedAsync(_shipped.Archive, TimeSpan.Zero, CancellationToken.None);

        Assert.Equal(0, removed);
        Assert.Contains(how == "same file" ? "no copy" : "is a link", stays, StringComparison.Ordinal);
        Assert.Equal(how == "same file", !_shipped.Ship().FirstProblem.Contains("is a link", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Ship_LogThatWasChanged_ShipsNothingOfIt()
    {
        await using var log = await _shipped.LongAsync();
        Flip(ShippedFolder.Segments(log.Folder)[3]);

        var done = _shipped.Ship();

        Assert.Contains("isn't the segment that was sealed", done.FirstProblem, StringComparison.Ordinal);
        Assert.Equal(3, ShippedFolder.Segments(_shipped.There(log.Folder)).Length);
        Demand(_shipped.Archive, 0);
    }

    [Fact]
    public async Task Ship_TwoReplicasIntoOneArchive_KeepsBothLogsApart()
    {
        await using var log = await _shipped.LongAsync();
        using var other = new TestJournal();
        await using var second = other.Open();
        await _shipped.AppendAsync(second, 400);

        await Task.WhenAll(
            Task.Run(() => Assert.Equal("", _shipped.Ship().FirstProblem)),
            Task.Run(() =>
            {
                var shipping = new JournalShipping(other.Root, _shipped.Archive, TestJournal.Keys, other.Time);
                while (shipping.Run(CancellationToken.None) is { GoesOn: true }) { }
                Assert.Equal(("", 0), (shipping.Run(CancellationToken.None).FirstProblem, shipping.Run(CancellationToken.None).Unshipped));
            })
        );

        var result = JournalVerifier.Verify(_shipped.Archive, TestJournal.Keys.Public);
        Assert.Equal((null, 2), (result.Problem, result.Logs));
        Assert.InRange(result.Records, 800, 1100);
    }

    [Fact]
    public async Task Ship_ThatIsStoppedAtAnyWrite_LeavesAnArchiveThatVerifies_AndIsCaughtUpWith()
    {
        await using var log = await _shipped.LongAsync(120);
        _shipped.Ship();
        await _shipped.AppendAsync(log, 120);
        var stopped = true;
        for (var at = 1; stopped; at++)
        {
            var writes = 0;
            stopped = false;
            var files = new ArchiveFiles
            {
                Write = (to, bytes, offset) =>
                {
                    stopped = ++writes >= at;
                    RandomAccess.Write(to, stopped ? bytes[..(bytes.Length / 2)] : bytes, offset);
                    if (stopped)
                    {
                        throw new IOException("stopped");
                    }
                },
            };

            Assert.Equal(_shipped.Ship(files).Unshipped > 0, stopped);
            Demand(_shipped.Archive, 0);
        }

        Demand(_shipped.Archive, Sealed(log));
    }

    [Fact]
    public async Task Ship_LogWhoseBeginningIsElsewhere_ToAnotherArchive_VerifiesByItselfFromThereOn()
    {
        await using var log = await _shipped.LongAsync();
        _shipped.Ship();
        await log.RemoveArchivedAsync(_shipped.Archive, TimeSpan.Zero, CancellationToken.None);
        using var second = new TemporaryDirectory();
        for (var round = 0; round < 3; round++)
        {
            Assert.True(log.TrySign());
            var shipping = new JournalShipping(_shipped.Journal.Root, second.Path, TestJournal.Keys, _shipped.Journal.Time);
            while (shipping.Run(CancellationToken.None) is var done && (done.GoesOn || done.Shipped > 0))
            {
                Assert.Equal("", done.FirstProblem);
            }

            Demand(second.Path, Sealed(log));
            await _shipped.AppendAsync(log, 130 + (100 * round));
        }

        Assert.True(log.TrySign());
        var joined = VolumeVerifier.Verify([second.Path, _shipped.Archive], TestJournal.Keys.Public, CancellationToken.None);
        Assert.Equal((null, 0), (joined.Problem, joined.Logs.Single().From));
    }

    [Fact]
    public async Task Kill_WhileShipping_LeavesNothingThatDoesNotVerify()
    {
        await using (var log = await _shipped.LongAsync(900))
        {
            var most = ShippedFolder.Segments(log.Folder).Length;
            for (var round = 1; round <= 3; round++)
            {
                await ShipAndKillAsync(log.Folder, most * round / 4);
                Demand(_shipped.Archive, 0);
            }

            Assert.Equal("", _shipped.Ship().FirstProblem);
            Demand(_shipped.Archive, Sealed(log));
            Assert.Empty(Directory.GetFiles(_shipped.There(log.Folder), "*.new"));
        }
    }

    /// <summary>Waits until so many segments are there.</summary>
    private async Task ShipAndKillAsync(string folder, int segments)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "Gateway.Testing.Appender.dll");
        using var child = Process.Start(
            new ProcessStartInfo("dotnet", ["exec", program, _shipped.Journal.Root, "ship", _shipped.Archive])
        )!;
        var there = _shipped.There(folder);
        while (!child.HasExited && !(Directory.Exists(there) && ShippedFolder.Segments(there).Length >= segments))
        {
            await Task.Yield();
        }

        child.Kill();
        await child.WaitForExitAsync();
        Assert.Equal(137, child.ExitCode);
    }

    private static ArchiveFiles Broken(string fault) =>
        fault switch
        {
            "wrong" => new ArchiveFiles { Write = (to, bytes, at) => RandomAccess.Write(to, Flipped(bytes), at) },
            "short" => new ArchiveFiles { Write = (to, bytes, at) => RandomAccess.Write(to, bytes[..^1], at) },
            "missing" => new ArchiveFiles { Rename = static (from, _) => File.Delete(from) },
            _ => new ArchiveFiles { Write = static (_, _, _) => throw new IOException("No space left on device") },
        };

    private static byte[] Flipped(ReadOnlySpan<byte> bytes)
    {
        var flipped = bytes.ToArray();
        flipped[^1] ^= 1;
        return flipped;
    }

    private static void Flip(string file) => File.WriteAllBytes(file, Flipped(File.ReadAllBytes(file)));

    private static void Shorten(string file) => File.WriteAllBytes(file, File.ReadAllBytes(file)[..^1]);

    private static string SealOf(string segment) =>
        Path.Combine(
            Path.GetDirectoryName(segment)!,
            Path.GetFileNameWithoutExtension(segment).Replace("segment-", "seal-", StringComparison.Ordinal)
        );

    /// <summary>Records in the log's sealed segments.</summary>
    private static long Sealed(JournalLog log) =>
        long.Parse(
            Path.GetFileNameWithoutExtension(ShippedFolder.Segments(log.Folder)[^1])["segment-".Length..],
            System.Globalization.CultureInfo.InvariantCulture
        );

    private static void Demand(string archive, long records)
    {
        var result = JournalVerifier.Verify(archive, TestJournal.Keys.Public);
        Assert.Null(result.Problem);
        Assert.InRange(result.Records, records, long.MaxValue);
        Assert.True(records == 0 || result.Signed == result.Records);
    }

    private Task<byte[]?> ReceiptAsync(JournalLog log, long index, string? archive, bool elsewhere = false)
    {
        Assert.True(ReceiptId.TryParse($"{log.Id}.{index}", out var id));
        var source = new ReceiptSource(elsewhere ? _shipped.Archive + "-no" : _shipped.Journal.Root, TimeProvider.System)
        {
            Archive = archive is null ? null : new ArchivedReceipts(archive, TestJournal.Keys.Public),
        };
        return source.FindAsync(Acme, id, ReceiptScope.Of(Id<Agent>.Parse("bot")), CancellationToken.None);
    }
}
