using System.Diagnostics;
using System.Globalization;
using Gateway.Evidence.Verification;

namespace Gateway.Evidence.Tests.Log;

/// <summary>What holds between processes, and when one is killed.</summary>
public sealed class JournalProcessTests : IDisposable
{
    private readonly TestJournal _journal = new();

    public void Dispose() => _journal.Dispose();

    [Fact]
    public async Task Kill_WhileAppending_LosesNothingThatWasAcknowledged()
    {
        var most = -1L;
        for (var round = 0; round < 5; round++)
        {
            var acknowledged = await AppendAndKillAsync(200 + (round * 300));
            most = Math.Max(most, acknowledged.Max());

            await using var log = _journal.Open();
            Assert.InRange(log.Recovery.Records, most + 1, long.MaxValue);
            var result = JournalVerifier.Verify(_journal.Root);
            Assert.Null(result.Problem);
            Assert.Equal((1, 0L), (result.Logs, result.OpenDecisions));
        }
    }

    [Fact]
    public async Task Open_InTwoProcesses_NeverSharesALog()
    {
        using var other = Start("hold");
        var id = await other.StandardOutput.ReadLineAsync();
        await using (var mine = _journal.Open())
        {
            Assert.NotEqual(id, mine.Id.ToString());
        }

        other.Kill();
        await other.WaitForExitAsync();
        await using var first = _journal.Open();
        await using var second = _journal.Open();

        Assert.Contains(id, new[] { first.Id.ToString(), second.Id.ToString() });
        Assert.Equal(2, Directory.GetDirectories(Path.Combine(_journal.Root, "acme")).Length);
    }

    private async Task<List<long>> AppendAndKillAsync(int records)
    {
        using var child = Start();
        var acknowledged = new List<long>();
        while (acknowledged.Count < records && await child.StandardOutput.ReadLineAsync() is { } line)
        {
            acknowledged.Add(long.Parse(line, CultureInfo.InvariantCulture));
        }

        child.Kill();

        // What it printed before it died was acknowledged too; the last line may be cut short.
        var rest = await child.StandardOutput.ReadToEndAsync();
        await child.WaitForExitAsync();
        foreach (var line in rest[..(rest.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            acknowledged.Add(long.Parse(line, CultureInfo.InvariantCulture));
        }

        return acknowledged;
    }

    private Process Start(params string[] arguments)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "Gateway.Testing.Appender.dll");
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardInput = true };
        foreach (var argument in (string[])["exec", program, _journal.Root, .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;
    }
}
