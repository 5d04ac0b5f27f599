using System.Text;
using System.Text.Json;
using Gateway.Evidence.Log;
using Gateway.Evidence.Receipts;
using Gateway.Evidence.Records;
using Gateway.Policy.Canonical;
using Gateway.Policy.Model;

namespace Gateway.Evidence.Tests.Receipts;

public sealed class ReceiptTests : IDisposable
{
    private static readonly Id<Tenant> Acme = Id<Tenant>.Parse("acme");
    private readonly TestJournal _journal = new();

    public void Dispose() => _journal.Dispose();

    [Fact]
    public async Task Find_EveryRecord_ProvesItOffline()
    {
        var folder = await _journal.FillAsync(300);
        for (var i = 0; i < 300; i++)
        {
            var receipt = await FindAsync(folder, i);
            Assert.True(CanonicalJson.IsCanonical(receipt));
            Assert.Null(ReceiptVerifier.Verify(receipt, "receipt.json", TestJournal.Keys.Public, out var verified));
            Assert.Equal((i, 300), (verified!.Id.Index, verified.Size));
            Assert.StartsWith($$$"""{"body":{"n":{{{i}}}},"index":{{{i}}},""", verified.Record, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Find_ARecordTooLongForABundle_TakesItFromItsSegment()
    {
        string folder;
        await using (var log = _journal.Open())
        {
            folder = log.Folder;
            await TestJournal.AppendAsync(log, RecordType.Change, "{}");
            await TestJournal.AppendAsync(log, RecordType.Change, $"{{\"long\":\"{new string('x', 70_000)}\"}}");
            await TestJournal.AppendAsync(log, RecordType.Change, "{}");
        }

        Assert.False(File.Exists(Path.Combine(folder, "tile/entries/000.p/3")));
        for (var i = 0; i < 3; i++)
        {
            Assert.Null(ReceiptVerifier.Verify(await FindAsync(folder, i), "receipt.json", TestJournal.Keys.Public, out _));
        }
    }

    [Fact]
    public async Task Find_ARecordThatIsNotSignedYet_WaitsForTheCheckpoint()
    {
        await using var log = _journal.Open();
        await TestJournal.AppendAsync(log, RecordType.Change, "{}");

        var receipt = await FindAsync(log.Folder, 0);
        Assert.Null(ReceiptVerifier.Verify(receipt, "receipt.json", TestJournal.Keys.Public, out _));
    }

    [Fact]
    public async Task Find_AnotherTenantsOrNobodys_IsUnknownAlike()
    {
        var folder = await _journal.FillAsync(3);
        Assert.True(ReceiptId.TryParse($"{Path.GetFileName(folder)}.0", out var good));
        Assert.True(ReceiptId.TryParse($"{new string('0', 32)}.0", out var nobodys));
        var source = Source();

        Assert.NotNull(await source.FindAsync(Acme, good, ReceiptScope.Tenant, CancellationToken.None));
        Assert.Null(await source.FindAsync(Id<Tenant>.Parse("other"), good, ReceiptScope.Tenant, CancellationToken.None));
        Assert.Null(await source.FindAsync(Acme, nobodys, ReceiptScope.Tenant, CancellationToken.None));
        Assert.Null(await source.FindAsync(Acme, good with { Index = 3 }, ReceiptScope.Tenant, CancellationToken.None));
        Assert.Null(await source.FindAsync(default, good, ReceiptScope.Tenant, CancellationToken.None));
        Assert.Null(await source.FindAsync(Acme, default, ReceiptScope.Tenant, CancellationToken.None));
    }

    [Theory]
    [InlineData("")]
    [InlineData(".1")]
    [InlineData("../../../etc.1")]
    [InlineData("0011223344556677889900112233445.1")]
    [InlineData("00112233445566778899001122334455")]
    [InlineData("00112233445566778899001122334455.01")]
    [InlineData("00112233445566778899001122334455.-1")]
    [InlineData("00112233445566778899001122334455.9223372036854775808")]
    [InlineData("00112233445566778899AABB22334455.1")]
    public void Id_OfAnotherShape_IsNone(string text) => Assert.False(ReceiptId.TryParse(text, out _));

    [Fact]
    public async Task Find_FromADamagedLog_GivesNothingOut()
    {
        var folder = await _journal.FillAsync(3);
        var tile = Path.Combine(folder, "tile/0/000.p/3");
        var bytes = await File.ReadAllBytesAsync(tile);
        bytes[0] ^= 1;
        await File.WriteAllBytesAsync(tile, bytes);

        await Assert.ThrowsAsync<JournalUnavailableException>(() => FindAsync(folder, 1));
        File.Delete(tile);
        await Assert.ThrowsAsync<JournalUnavailableException>(() => FindAsync(folder, 1));
    }

    [Fact]
    public async Task Verify_AnyBitChanged_Fails()
    {
        var folder = await _journal.FillAsync(5);
        var receipt = await FindAsync(folder, 2);
        for (var i = 0; i < receipt.Length; i++)
        {
            // Each byte, with one of its bits in turn: all bits of a signature take minutes.
            var bit = (byte)(1 << (i % 8));
            receipt[i] ^= bit;
            var problem = ReceiptVerifier.Verify(receipt, "receipt.json", TestJournal.Keys.Public, out var verified);
            Assert.True(problem is { File: "receipt.json" } && problem.Offset <= receipt.Length && verified is null, $"byte {i}");
            receipt[i] ^= bit;
        }

        Assert.NotNull(ReceiptVerifier.Verify([.. receipt, (byte)'\n'], "receipt.json", TestJournal.Keys.Public, out _));
        Assert.NotNull(ReceiptVerifier.Verify(receipt, "receipt.json", [TestJournal.Key(5).PublicKey], out _));
        Assert.NotNull(ReceiptVerifier.Verify(receipt, "receipt.json", [], out _));
    }

    [Fact]
    public async Task Verify_OneRecordsReceiptRoundAnother_Fails()
    {
        var folder = await _journal.FillAsync(5);
        var (one, two) = (Encoding.UTF8.GetString(await FindAsync(folder, 1)), Encoding.UTF8.GetString(await FindAsync(folder, 2)));
        var record = JsonDocument.Parse(two).RootElement.GetProperty("record").GetRawText();
        var mixed =
            one[..one.IndexOf("\"record\":", StringComparison.Ordinal)] + "\"record\":" + record + ",\"schema\":\"gateway.receipt/v1\"}";

        var problem = ReceiptVerifier.Verify(Encoding.UTF8.GetBytes(mixed), "receipt.json", TestJournal.Keys.Public, out _);
        Assert.Contains("another one", problem!.Detail, StringComparison.Ordinal);
    }

    private async Task<byte[]> FindAsync(string folder, long index)
    {
        Assert.True(ReceiptId.TryParse($"{Path.GetFileName(folder)}.{index}", out var id));
        return await Source().FindAsync(Acme, id, ReceiptScope.Tenant, CancellationToken.None)
            ?? throw new InvalidOperationException("There is no receipt.");
    }

    private ReceiptSource Source() => new(_journal.Root, TimeProvider.System);
}
