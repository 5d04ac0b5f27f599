using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Gateway.Evidence.Verification;
using Microsoft.Extensions.Configuration;
using Xunit.Abstractions;

namespace Gateway.Cli.Tests.Serving;

public sealed class CrashTests(ITestOutputHelper output)
{
    private const string RoundsSetting = "GATEWAY_CRASH_ROUNDS";
    private const int Clients = 8;

    /// <summary>As many as a plain test run has time for, unless more are asked for.</summary>
    private static readonly int Rounds =
        int.TryParse(new ConfigurationBuilder().AddEnvironmentVariables().Build()[RoundsSetting], out var rounds) && rounds > 0
            ? rounds
            : 4;

    /// <summary>That a round must have answered before it is killed: more of them with few rounds.</summary>
    private static readonly int Answers = Rounds > 10 ? 50 : 150;

    [Fact]
    public async Task Killed_under_load_it_loses_no_record_of_an_answer_that_was_complete()
    {
        await using var instance = await Instance.CreateAsync("openai-key", "anthropic-key", "crm-token");
        var bearer = await instance.NewCredentialAsync("bearer");
        var complete = new ConcurrentQueue<string>();
        var torn = 0L;
        for (var round = 1; round <= Rounds; round++)
        {
            await instance.StartAsync();
            var clients = Enumerable.Range(0, Clients).Select(i => LoadAsync(instance, bearer, stream: i % 2 == 0, complete)).ToList();
            while (complete.Count < round * Answers)
            {
                Assert.DoesNotContain(clients, c => c.IsCompleted);
                await Task.Delay(5);
            }

            await instance.KillAsync();
            await Task.WhenAll(clients);
            torn += round % 2 == 0 ? await TearAsync(instance.Folder.Data) : 0;
        }

        await instance.StartAsync();
        await instance.StopAsync();

        (await instance.Folder.RunAsync("verify data/journal")).Ended(0);
        var journal = Journal(instance.Folder.Data);
        var lost = complete.Where(id => !Has(journal, "decision", id) || !Has(journal, "outcome", id)).ToList();
        Assert.Empty(lost);
        Assert.True(complete.Count >= Rounds * Answers);

        // Every torn tail was cut at the next start and put on record.
        var recoveries = Recoveries(instance.Folder.Data);
        Assert.All(recoveries, recovery => Assert.True(recovery.Cut > 0 || recovery.Unknown > 0));
        Assert.True(
            torn > 0 && recoveries.Sum(recovery => recovery.Cut) >= torn,
            $"{torn} bytes were torn, {recoveries.Sum(recovery => recovery.Cut)} were cut."
        );
        Assert.Equal(Count(journal, "\"status\":\"outcome_unknown\""), recoveries.Sum(recovery => recovery.Unknown));
        output.WriteLine(
            $"{Rounds} kills, {complete.Count} complete answers, {lost.Count} lost; {recoveries.Count} starts mended "
                + $"{recoveries.Sum(r => r.Cut)} bytes of torn tails and {recoveries.Sum(r => r.Unknown)} open decisions"
        );

        // Every decision has an outcome by now, if only that nobody knows it; and another where its answer's end was on its way.
        Assert.Equal(
            Count(journal, "\"type\":\"decision\""),
            Count(journal, "\"type\":\"outcome\"")
                - Regex.Count(journal, "\\{\"bytes_delivered\":0,\"decision_id\":\"[0-9a-f]{32}\",\"status\":\"cut\"\\}")
        );
    }

    /// <summary>
    /// Leaves the log as a kill in the middle of a write leaves it, which hardly ever happens by itself: the beginning of a record behind
    /// the last whole one.
    /// </summary>
    /// <returns>How many bytes; 0 where the kill has torn it already.</returns>
    private static async Task<long> TearAsync(string data)
    {
        const int HeaderLength = 72;
        const int Part = 40;
        var root = Path.Combine(data, "journal", "demo");
        if (!JournalVerifier.Verify(root).IsGood)
        {
            return 0;
        }

        var segment = Directory.EnumerateFiles(root, "segment-*", SearchOption.AllDirectories).Max(StringComparer.Ordinal)!;
        var content = await File.ReadAllBytesAsync(segment);
        await File.AppendAllBytesAsync(segment, content[HeaderLength..(HeaderLength + Part)]);
        return Part;
    }

    /// <summary>Calls until the server is gone; notes the decision of every answer that came to its end.</summary>
    private static async Task LoadAsync(Instance instance, string bearer, bool stream, ConcurrentQueue<string> complete)
    {
        while (true)
        {
            try
            {
                using var answer = await instance.ChatAsync(bearer, "hello", stream);
                var text = await answer.Content.ReadAsStringAsync();
                Assert.True(answer.IsSuccessStatusCode, text);
                Assert.Contains(stream ? "[DONE]" : "\"usage\"", text, StringComparison.Ordinal);
                complete.Enqueue(answer.Headers.GetValues("Gateway-Decision-Id").Single());
            }
            catch (Exception e) when (e is HttpRequestException or IOException)
            {
                return;
            }
        }
    }

    /// <summary>What each start that had something to mend put on record.</summary>
    private static List<(long Cut, int Unknown)> Recoveries(string data)
    {
        var found = new List<(long Cut, int Unknown)>();
        foreach (var segment in Directory.EnumerateFiles(Path.Combine(data, "journal", "demo"), "segment-*", SearchOption.AllDirectories))
        {
            var text = Encoding.Latin1.GetString(File.ReadAllBytes(segment));
            foreach (
                Match record in Regex.Matches(
                    text,
                    "\\{\"body\":\\{\"bytes_cut\":([0-9]+),\"outcome_unknown\":\\[[^\\]]*\\],\"outcome_unknown_count\":([0-9]+)\\}"
                )
            )
            {
                found.Add(
                    (
                        long.Parse(record.Groups[1].Value, CultureInfo.InvariantCulture),
                        int.Parse(record.Groups[2].Value, CultureInfo.InvariantCulture)
                    )
                );
            }
        }

        return found;
    }

    private static string Journal(string data)
    {
        var text = new StringBuilder();
        foreach (var file in Directory.EnumerateFiles(Path.Combine(data, "journal", "demo"), "segment-*", SearchOption.AllDirectories))
        {
            text.Append(Encoding.Latin1.GetString(File.ReadAllBytes(file)));
        }

        return text.ToString();
    }

    /// <summary>A record's body comes first in it, and its type last.</summary>
    private static bool Has(string journal, string type, string decisionId)
    {
        for (
            var at = journal.IndexOf(decisionId, StringComparison.Ordinal);
            at >= 0;
            at = journal.IndexOf(decisionId, at + 1, StringComparison.Ordinal)
        )
        {
            var end = journal.IndexOf("\"type\":\"", at, StringComparison.Ordinal);
            if (end >= 0 && journal.AsSpan(end + 8).StartsWith(type))
            {
                return true;
            }
        }

        return false;
    }

    private static int Count(string text, string what) => text.Split(what).Length - 1;
}
