using Gateway.Evidence.Log;
using Gateway.Evidence.Receipts;
using Gateway.Evidence.Records;
using Gateway.Evidence.Signing;
using Gateway.Policy.Model;

namespace Gateway.Cli.Tests.Commands.Audit;

public sealed class VerifyCommandTests : IDisposable
{
    private static readonly LogKeys Keys = new(Ed25519PrivateKey.Create(), []);
    private readonly CommandFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Verify_OfAGoodJournal_SaysWhatWasChecked()
    {
        var log = await FillAsync(25);
        foreach (var path in new[] { "journal", Path.GetDirectoryName(log)!, log })
        {
            var data = (await _folder.RunAsync(["verify", path, "--json"])).Ended(0).Data();
            Assert.Equal((1, 25), (data.GetProperty("logs").GetInt32(), data.GetProperty("records").GetInt32()));
        }

        Assert.Contains("25 records", (await _folder.RunAsync("verify journal")).Ended(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_OfOneChangedByte_EndsWithTwoAndNamesThePlace()
    {
        var segment = Directory.GetFiles(await FillAsync(25), "segment-*")[0];
        var bytes = await File.ReadAllBytesAsync(segment);
        bytes[bytes.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(segment, bytes);

        var run = (await _folder.RunAsync("verify journal --json")).Ended(2);
        var problem = run.Data().GetProperty("problem");
        Assert.Equal(segment, problem.GetProperty("file").GetString());
        Assert.InRange(problem.GetProperty("offset").GetInt64(), 1, bytes.Length / 2);
        Assert.InRange(problem.GetProperty("index").GetInt64(), 1, 24);
        Assert.Contains(segment, (await _folder.RunAsync("verify journal")).Ended(2).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_WhereNothingIs_IsInvalidInput()
    {
        Directory.CreateDirectory(_folder.FileOf("empty"));
        (await _folder.RunAsync("verify empty --json")).Ended(6).Envelope();
        (await _folder.RunAsync("verify nowhere --json")).Ended(6).Envelope();
        (await _folder.RunAsync("verify")).Ended(6);
    }

    [Fact]
    public async Task Verify_WithKeys_SaysHowManyRecordsAreUnderASignature()
    {
        await FillAsync(25);
        var keys = await WriteKeysAsync("keys.json", Keys);

        Assert.Equal(25, (await _folder.RunAsync($"verify journal --keys {keys} --json")).Ended(0).Data().GetProperty("signed").GetInt64());
        Assert.Contains("No signature was checked", (await _folder.RunAsync("verify journal")).Ended(0).Output, StringComparison.Ordinal);
        var others = await WriteKeysAsync("others.json", new LogKeys(Ed25519PrivateKey.Create(), []));
        Assert.Contains("known key", (await _folder.RunAsync($"verify journal --keys {others}")).Ended(2).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_SinceAKeptCheckpoint_FindsAnEarlierCopyAndALogThatIsGone()
    {
        var log = await FillAsync(25);
        var keys = await WriteKeysAsync("keys.json", Keys);
        File.Copy(Path.Combine(log, "checkpoint"), _folder.FileOf("early"));
        Directory.Move(_folder.FileOf("journal"), _folder.FileOf("copy"));
        await FillAsync(25);
        Directory.Delete(_folder.FileOf("journal"), recursive: true);
        CopyAll(_folder.FileOf("copy"), _folder.FileOf("journal"));
        await FillAsync(10);
        File.Copy(Path.Combine(log, "checkpoint"), _folder.FileOf("late"));

        var good = (await _folder.RunAsync($"verify journal --keys {keys} --since early --since late --json")).Ended(0).Data();
        Assert.Equal(2, good.GetProperty("since").GetInt32());

        Directory.Delete(_folder.FileOf("journal"), recursive: true);
        Directory.Move(_folder.FileOf("copy"), _folder.FileOf("journal"));
        (await _folder.RunAsync($"verify journal --keys {keys} --since early")).Ended(0);
        var run = (await _folder.RunAsync($"verify journal --keys {keys} --since early --since late --json")).Ended(2);
        Assert.Equal("Rollback", run.Data().GetProperty("problem").GetProperty("kind").GetString());

        Directory.Delete(log, recursive: true);
        (await _folder.RunAsync($"verify journal --keys {keys} --since early")).Ended(2);
        Directory.Delete(_folder.FileOf("journal"), recursive: true);
        (await _folder.RunAsync($"verify journal --keys {keys} --since early")).Ended(2);
        (await _folder.RunAsync("verify journal --since early")).Ended(2);
        (await _folder.RunAsync("verify early --since early")).Ended(6);
        (await _folder.RunAsync("verify journal --since nowhere")).Ended(6);
    }

    [Fact]
    public async Task Verify_OfAReceipt_IsOfflineAndNeedsTheKeys()
    {
        var log = await FillAsync(25);
        var keys = await WriteKeysAsync("keys.json", Keys);
        Assert.True(ReceiptId.TryParse($"{Path.GetFileName(log)}.7", out var id));
        var receipt = await new ReceiptSource(_folder.FileOf("journal"), TimeProvider.System).FindAsync(
            Id<Tenant>.Parse("demo"),
            id,
            ReceiptScope.Tenant,
            CancellationToken.None
        );
        await File.WriteAllBytesAsync(_folder.FileOf("receipt.json"), receipt!);
        Directory.Delete(_folder.FileOf("journal"), recursive: true);

        var data = (await _folder.RunAsync($"verify receipt.json --keys {keys} --json")).Ended(0).Data();
        Assert.Equal(
            ($"{id}", "7"),
            (data.GetProperty("receipt").GetString(), data.GetProperty("record").GetProperty("body").GetProperty("revision").GetString())
        );

        (await _folder.RunAsync("verify receipt.json")).Ended(6);
        receipt![receipt.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(_folder.FileOf("receipt.json"), receipt);
        Assert.Contains(
            "receipt.json, offset",
            (await _folder.RunAsync($"verify receipt.json --keys {keys}")).Ended(2).Error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Verify_OfACheckpointOrATile_IsKnownByItsPlace()
    {
        var log = await FillAsync(25);
        var keys = await WriteKeysAsync("keys.json", Keys);
        foreach (var file in new[] { "checkpoint", "tile/0/000.p/25", "tile/entries/000.p/25" })
        {
            (await _folder.RunAsync(["verify", Path.Combine(log, file), "--keys", keys])).Ended(0);
        }

        var tile = Path.Combine(log, "tile/0/000.p/25");
        var bytes = await File.ReadAllBytesAsync(tile);
        bytes[100] ^= 1;
        await File.WriteAllBytesAsync(tile, bytes);
        Assert.Contains(
            $"{tile}, offset 100",
            (await _folder.RunAsync(["verify", tile, "--keys", keys])).Ended(2).Error,
            StringComparison.Ordinal
        );
    }

    private static void CopyAll(string from, string to)
    {
        foreach (var file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    private async Task<string> WriteKeysAsync(string name, LogKeys keys)
    {
        await File.WriteAllBytesAsync(_folder.FileOf(name), PublicKeySet.Write(keys.Public));
        return name;
    }

    /// <returns>The log's folder.</returns>
    private async Task<string> FillAsync(int records)
    {
        await using var log = JournalLog.Open(
            new JournalOptions { Root = _folder.FileOf("journal") },
            Id<Tenant>.Parse("demo"),
            Keys,
            TimeProvider.System
        );
        for (var i = 0; i < records; i++)
        {
            var record = new ChangeRecord
            {
                Kind = GovernedChange.LifecycleSet,
                Subject = "assistant",
                Revision = i.ToString(System.Globalization.CultureInfo.InvariantCulture),
            };
            await log.AppendAsync(record, Durability.Written, CancellationToken.None);
        }

        return log.Folder;
    }
}
