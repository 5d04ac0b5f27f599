using Gateway.Evidence.Log.Files;
using Gateway.Evidence.Tests.Log.Shipping;
using Gateway.Evidence.Verification;
using Gateway.Testing;

namespace Gateway.Evidence.Tests.Verification;

public sealed class VolumeVerifierTests : IDisposable
{
    private readonly ShippedFolder _shipped = new();

    public void Dispose() => _shipped.Dispose();

    [Fact]
    public async Task Verify_VolumeAndItsArchive_LackNothingTogether()
    {
        string root;
        await using (var log = await _shipped.LongAsync())
        {
            root = _shipped.Journal.Root;
            _shipped.Ship();
            Assert.InRange((await log.RemoveArchivedAsync(_shipped.Archive, TimeSpan.Zero, CancellationToken.None)).Removed, 5, 100);
        }

        var alone = Assert.Single(Verify(root).Logs);
        Assert.InRange(alone.From, 100, 700);
        var joined = Assert.Single(Verify(root, _shipped.Archive).Logs);
        Assert.Equal((0, alone.To, alone.Signed, 2), (joined.From, joined.To, joined.Signed, joined.Copies));
        using var empty = new TemporaryDirectory();
        Assert.Equal(LogProblemKind.NoLog, Problem(root, empty.Path));
    }

    [Fact]
    public async Task Verify_PlacesThatLackASegmentTogether_NamesItsRecords()
    {
        await using var log = await _shipped.LongAsync();
        _shipped.Ship();
        var older = _shipped.Archive + "-older";
        WholeFolder(_shipped.Archive, older);
        try
        {
            await _shipped.AppendAsync(log, 400);
            _shipped.Ship();
            await log.RemoveArchivedAsync(_shipped.Archive, TimeSpan.Zero, CancellationToken.None);
            Assert.True(log.TrySign());

            Verify(_shipped.Journal.Root, older, _shipped.Archive);
            var gap = VolumeVerifier.Verify([_shipped.Journal.Root, older], TestJournal.Keys.Public, CancellationToken.None).Problem!;
            Assert.Equal(LogProblemKind.Segment, gap.Kind);
            Assert.Contains("are in none of these places", gap.Detail, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(older, recursive: true);
        }
    }

    [Fact]
    public async Task Verify_CopiesThatPartedWays_IsAFork()
    {
        await _shipped.Journal.FillAsync(50);
        var root = _shipped.Journal.Root;
        var other = root + "-other";
        WholeFolder(root, other);
        await _shipped.Journal.FillAsync(20);
        Assert.Equal(2, Assert.Single(Verify(root, other).Logs).Copies);

        _shipped.Journal.Options.Root = other;
        _shipped.Journal.Time.Advance(TimeSpan.FromSeconds(1));
        await _shipped.Journal.FillAsync(30);
        _shipped.Journal.Options.Root = root;

        Assert.Equal(LogProblemKind.Fork, Problem(root, other));
    }

    private static VolumesResult Verify(params string[] places)
    {
        var result = VolumeVerifier.Verify(places, TestJournal.Keys.Public, CancellationToken.None);
        Assert.Null(result.Problem);
        return result;
    }

    private static LogProblemKind? Problem(params string[] places) =>
        VolumeVerifier.Verify(places, TestJournal.Keys.Public, CancellationToken.None).Problem?.Kind;

    private static void WholeFolder(string from, string to)
    {
        foreach (var file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
