using Gateway.Evidence.Journal;
using Gateway.Evidence.Records;
using Gateway.Policy.Model;

namespace Gateway.Cli.Tests.Commands;

public sealed class VerifyCommandTests : IDisposable
{
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

    /// <returns>The log's folder.</returns>
    private async Task<string> FillAsync(int records)
    {
        await using var log = JournalLog.Open(new JournalOptions { Root = _folder.FileOf("journal") }, Id<Tenant>.Parse("demo"), TimeProvider.System);
        for (var i = 0; i < records; i++)
        {
            var record = new ChangeRecord { Kind = ChangeKind.LifecycleSet, Subject = "assistant", Revision = i.ToString(System.Globalization.CultureInfo.InvariantCulture) };
            await log.AppendAsync(record, Durability.Written, CancellationToken.None);
        }

        return log.Folder;
    }
}
