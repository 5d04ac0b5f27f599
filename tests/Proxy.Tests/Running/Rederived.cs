using System.Text;
using Gateway.Evidence.Snapshots;

namespace Gateway.Proxy.Tests.Running;

/// <summary>Derives every decision in a journal again, as an auditor would, with nothing but the journal's folder.</summary>
internal static class Rederived
{
    /// <summary>How many there were; each must come out the same, byte for byte.</summary>
    public static int All(string journal)
    {
        var (count, snapshots, wrong) = (0, new KeptSnapshots(journal), new List<string>());
        var read = JournalDecisions.Read(
            journal,
            (log, index, body) =>
            {
                count++;
                var result = Rederivation.Check(body, snapshots);
                if (result.Status != RederivationStatus.Same)
                {
                    wrong.Add($"{log}.{index} is {result.Status}: {result.Detail} {Encoding.UTF8.GetString(body.Span)}");
                }
            },
            CancellationToken.None
        );
        Assert.True(wrong.Count == 0, string.Join('\n', wrong.Take(3)));
        _ = read; // Some tests break a journal on purpose; what could be read of it was.
        return count;
    }
}
