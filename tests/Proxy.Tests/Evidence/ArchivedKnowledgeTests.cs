using System.Text;
using Gateway.Connectors.Contracts;
using Gateway.Evidence.Log;
using Gateway.Evidence.Log.Shipping;
using Gateway.Evidence.Records;
using Gateway.Evidence.Signing;
using Gateway.Policy.Model;
using Gateway.Proxy.Evidence;
using Gateway.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.Proxy.Tests.Evidence;

/// <summary>What a journal knows whose beginning is in an archive only.</summary>
public sealed class ArchivedKnowledgeTests : IAsyncLifetime
{
    private static readonly Id<Tenant> Demo = Id<Tenant>.Parse("demo");

    private readonly TemporaryDirectory _folder = new();
    private readonly TemporaryDirectory _archive = new();
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UnixEpoch.AddYears(50));
    private LogKeys _keys = null!;
    private JournalLog _log = null!;

    private JournalOptions Options =>
        new()
        {
            Root = _folder.Path,
            Archive = _archive.Path,
            SegmentBytes = 4096,
        };

    private string There => Path.Combine(_archive.Path, "demo", _log.Id.ToString());

    public async Task InitializeAsync()
    {
        Assert.True(Ed25519PrivateKey.TryCreate(new byte[32], out var key));
        _keys = new LogKeys(key, []);
        _log = JournalLog.Open(Options, Demo, _keys, _time);
        await AppendAsync("\"7\"");
        for (var i = 0; i < 60; i++)
        {
            await AppendAsync("\"\"");
        }
    }

    public async Task DisposeAsync()
    {
        await _log.DisposeAsync();
        _folder.Dispose();
        _archive.Dispose();
    }

    [Fact]
    public async Task What_was_removed_here_is_known_from_the_archive()
    {
        await ShipAndFreeAsync();

        Assert.Equal("apr_1", Assert.Single(Read().Lost).Subject);
    }

    [Theory]
    [InlineData("empty")]
    [InlineData("another")]
    [InlineData("without the log")]
    [InlineData("older")]
    [InlineData("without a checkpoint")]
    [InlineData("without a segment")]
    public async Task Archive_that_does_not_hold_what_was_removed_here_stops_it(string fault)
    {
        await ShipAndFreeAsync();
        switch (fault)
        {
            case "empty":
                Directory.Delete(_archive.Path, recursive: true);
                Directory.CreateDirectory(_archive.Path);
                break;
            case "another":
                await File.WriteAllTextAsync(Path.Combine(_archive.Path, "archive.id"), new string('a', 32) + "\n");
                break;
            case "without the log":
                Directory.Delete(There, recursive: true);
                break;
            case "older":
                File.Copy(Path.Combine(_archive.Path, "older"), Path.Combine(There, "checkpoint"), overwrite: true);
                break;
            case "without a checkpoint":
                File.Delete(Path.Combine(There, "checkpoint"));
                break;
            default:
                File.Delete(Directory.GetFiles(There, "segment-*.log").Order(StringComparer.Ordinal).First());
                break;
        }

        Assert.Throws<DurableStoreException>(() => Read());
    }

    [Fact]
    public async Task Archive_that_another_key_has_signed_stops_it()
    {
        await ShipAndFreeAsync();
        Assert.True(Ed25519PrivateKey.TryCreate([.. Enumerable.Repeat((byte)1, 32)], out var forger));

        Assert.Throws<DurableStoreException>(() =>
            JournalKnowledge.Read(Options, [forger.PublicKey], Demo, new HashSet<string>(), CancellationToken.None)
        );
    }

    [Fact]
    public async Task Record_whose_members_are_of_another_type_stops_it_and_not_the_process()
    {
        await AppendAsync("7");

        Assert.Throws<DurableStoreException>(() => Read());
    }

    private JournalKnowledge Read() => JournalKnowledge.Read(Options, _keys.Public, Demo, new HashSet<string>(), CancellationToken.None);

    private async Task ShipAndFreeAsync()
    {
        Assert.True(_log.TrySign());
        var shipping = new JournalShipping(_folder.Path, _archive.Path, _keys, _time);
        Assert.Equal("", shipping.Run(CancellationToken.None).FirstProblem);
        File.Copy(Path.Combine(There, "checkpoint"), Path.Combine(_archive.Path, "older"));
        _time.Advance(TimeSpan.FromSeconds(11)); // Where to read on is marked each 10 s, at the end of a tile's 256 records.
        Assert.True(_log.TrySign());
        for (var i = 0; i < 300; i++)
        {
            await AppendAsync("\"\"");
        }

        Assert.True(_log.TrySign());
        while (shipping.Run(CancellationToken.None) is { GoesOn: true }) { }
        Assert.Equal(("", 0), (shipping.Run(CancellationToken.None).FirstProblem, shipping.Run(CancellationToken.None).Unshipped));
        var (removed, stays) = await _log.RemoveArchivedAsync(_archive.Path, TimeSpan.Zero, CancellationToken.None);
        Assert.Equal("", stays);
        Assert.InRange(removed, 2, int.MaxValue);
    }

    private async Task AppendAsync(string revision) =>
        await _log.AppendAsync(
            RecordType.Change,
            Encoding.UTF8.GetBytes(
                $$"""{"change_id":"00112233445566778899aabbccddeeff","kind":"approval_used","revision":{{revision}},"subject":"apr_1"}"""
            ),
            Durability.Written,
            CancellationToken.None
        );
}
