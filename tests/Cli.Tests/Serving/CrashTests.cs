using System.Collections.Concurrent;
using System.Text;

namespace Gateway.Cli.Tests.Serving;

public sealed class CrashTests
{
    private const int Rounds = 4;
    private const int Clients = 8;
    private const int Answers = 150;

    [Fact]
    public async Task Killed_under_load_it_loses_no_record_of_an_answer_that_was_complete()
    {
        await using var instance = await Instance.CreateAsync("openai-key", "anthropic-key", "crm-token");
        var bearer = await instance.NewCredentialAsync("bearer");
        var complete = new ConcurrentQueue<string>();
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
        }

        await instance.StartAsync();
        await instance.StopAsync();

        (await instance.Folder.RunAsync("verify data/journal")).Ended(0);
        var journal = Journal(instance.Folder.Data);
        var lost = complete.Where(id => !Has(journal, "decision", id) || !Has(journal, "outcome", id)).ToList();
        Assert.Empty(lost);
        Assert.True(complete.Count >= Rounds * Answers);

        // Every decision has an outcome by now, if only that nobody knows it.
        Assert.Equal(Count(journal, "\"type\":\"decision\""), Count(journal, "\"type\":\"outcome\""));
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
        for (var at = journal.IndexOf(decisionId, StringComparison.Ordinal); at >= 0; at = journal.IndexOf(decisionId, at + 1, StringComparison.Ordinal))
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
