using System.Text;
using Gateway.Connectors.Vaults;
using Gateway.Evidence.Log;
using Gateway.Evidence.Records;
using Gateway.Evidence.Signing;
using Gateway.Policy.Model;
using Gateway.Proxy.Evidence;
using Gateway.Testing;

namespace Gateway.Cli.Tests.Commands.Journal;

/// <summary>Shipping by command, as a machine's cron does, and proving what lies in several places.</summary>
public sealed class JournalCommandsTests : IDisposable
{
    private readonly CommandFolder _folder = new();
    private readonly TemporaryDirectory _archive = new();

    private string Root => Path.Combine(_folder.Data, "journal");

    public void Dispose()
    {
        _folder.Dispose();
        _archive.Dispose();
    }

    [Fact]
    public async Task Ship_CopiesWhatIsSealed_AndBothPlacesVerifyAloneAndTogether()
    {
        await WriteAsync(400);
        var keys = await KeysAsync();

        var shipped = (await ShipAsync()).Ended(0).Data();

        Assert.InRange(shipped.GetProperty("shipped").GetInt32(), 5, 400);
        Assert.Equal(0, shipped.GetProperty("unshipped").GetInt32());
        Assert.Equal(0, (await ShipAsync()).Ended(0).Data().GetProperty("shipped").GetInt32());
        (await _folder.RunAsync($"verify {_archive.Path} --keys {keys}")).Ended(0);
        foreach (var places in (string[])[_archive.Path, Root, $"{Root} {_archive.Path}"])
        {
            var log = Assert.Single((await VerifyAsync(places, keys)).Ended(0).Data().GetProperty("logs").EnumerateArray());
            Assert.Equal(places.Split(' ').Length, log.GetProperty("copies").GetInt32());
            Assert.Equal(0, log.GetProperty("from").GetInt64());
        }
    }

    [Fact]
    public async Task Verify_CopyOfAnotherHistory_IsAFork()
    {
        await WriteAsync(100);
        var keys = await KeysAsync();
        using var copy = new TemporaryDirectory();
        Copy(Root, copy.File("journal"));
        await WriteAsync(50);
        (await VerifyAsync($"{Root} {copy.File("journal")}", keys)).Ended(0);
        await WriteAsync(90, copy.File("journal"));

        Assert.Contains(
            "another root",
            (await VerifyAsync($"{Root} {copy.File("journal")}", keys)).Ended(2).Output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Ship_WithoutAnArchive_SaysWhatToDo()
    {
        await WriteAsync(100);

        Assert.Contains("--to", (await _folder.RunAsync("journal ship")).Ended(6).Error, StringComparison.Ordinal);
        var away = (await ShipAsync(_archive.Path + "-away")).Ended(1);
        Assert.InRange(away.Data().GetProperty("unshipped").GetInt32(), 1, 100);
        _folder.Settings["Gateway__Journal__KeepLocal"] = "1.00:00:00";
        Assert.Contains("Set Archive", (await _folder.RunAsync("journal ship")).Ended(6).Error, StringComparison.Ordinal);
    }

    private Task<CommandRun> ShipAsync(string? to = null) => _folder.RunAsync($"journal ship --to {to ?? _archive.Path} --json");

    private Task<CommandRun> VerifyAsync(string places, string keys) => _folder.RunAsync($"journal verify {places} --keys {keys} --json");

    private LogKeys Keys() =>
        LogSigningKeys.Of(
            KeyLoader
                .Load(_folder.Settings.ToDictionary(one => one.Key, one => (string?)one.Value), createMissing: false, "")
                .Keys!.LogSigning
        );

    private async Task<string> KeysAsync()
    {
        await File.WriteAllBytesAsync(_folder.FileOf("keys.json"), PublicKeySet.Write(Keys().Public));
        return "keys.json";
    }

    private JournalLog Open(string? root = null) =>
        JournalLog.Open(
            new JournalOptions { Root = root ?? Root, SegmentBytes = 4096 },
            Id<Tenant>.Parse("demo"),
            Keys(),
            TimeProvider.System
        );

    private async Task WriteAsync(int records, string? root = null)
    {
        await using var log = Open(root);
        for (var i = 0; i < records; i++)
        {
            await log.AppendAsync(RecordType.Change, Encoding.UTF8.GetBytes($"{{\"n\":{i}}}"), Durability.Written, CancellationToken.None);
        }
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
