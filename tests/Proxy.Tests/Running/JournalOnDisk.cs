using System.Diagnostics;
using System.Text;
using Gateway.Evidence.Journal;

namespace Gateway.Proxy.Tests.Running;

/// <summary>Looks at what a gateway has recorded, on disk.</summary>
internal static class JournalOnDisk
{
    /// <summary>Every record of the tenants' and the system's logs as text.</summary>
    public static string Text(string journal)
    {
        var text = new StringBuilder();
        foreach (var file in Directory.EnumerateFiles(journal, "segment-*", SearchOption.AllDirectories))
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var reader = new StreamReader(stream, Encoding.Latin1);
            text.Append(reader.ReadToEnd());
        }

        return text.ToString();
    }

    public static int Count(string journal, string what) => Text(journal).Split(what).Length - 1;

    /// <summary>Waits until one more record has the reason than before: counts of unproven requests are written once a second.</summary>
    public static async Task OneMoreAsync(string journal, string reason, int before)
    {
        var waited = Stopwatch.StartNew();
        while (Count(journal, $"\"reason\":\"{reason}\"") <= before)
        {
            Assert.True(waited.Elapsed < TimeSpan.FromSeconds(30), $"No record says {reason}.");
            await Task.Delay(20);
        }
    }

    public static void Verifies(string journal)
    {
        var result = JournalVerifier.Verify(journal, CancellationToken.None);
        Assert.True(result.IsGood, result.Problem?.ToString());
    }
}
