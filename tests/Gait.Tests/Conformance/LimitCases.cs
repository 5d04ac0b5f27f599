using System.Text.Json;
using Gateway.Gait.Gating;
using Gateway.Policy.Rules.Documents;

namespace Gateway.Gait.Tests.Conformance;

/// <summary>Sequences of calls against a limit, and limits merged.</summary>
internal static class LimitCases
{
    public static IReadOnlyList<CaseResult> Run(Corpus corpus) =>
        [
            .. corpus
                .Cases("rate_limit_cases")
                .Select(c => CaseResult.Of(c.Text("id"), c.Get("steps") is null ? Concurrent(c) : Sequence(corpus, c))),
        ];

    public static IReadOnlyList<CaseResult> Merges(Corpus corpus) =>
        [
            .. corpus
                .Cases("rate_limit_merge_cases")
                .Where(c => c.Get("result") is not null)
                .Select(
                    (c, i) =>
                    {
                        var merged = LimitMerge.MostRestrictive([Limit(c, "current"), Limit(c, "candidate")]);
                        return CaseResult.Of($"merge {i}", merged == Limit(c, "result") ? null : $"{merged}");
                    }
                ),
        ];

    private static string? Sequence(Corpus corpus, JsonElement c)
    {
        var counters = new LimitCounters();
        var limit = Limit(c, "limit");
        foreach (var step in c.GetProperty("steps").EnumerateArray())
        {
            Assert.True(corpus.Intent(step.Text("intent")).TryGet(out var intent));
            var window = LimitWindow.Of(limit, intent.ToolName, intent.Context.Identity, step.Time("at", default));
            var (answer, expected) = (counters.Count(limit, window), step.GetProperty("expected"));
            if (
                answer.Allowed != expected.Flag("allowed")
                || answer.Used != (expected.Get("used")?.GetInt32() ?? answer.Used)
                || answer.Remaining != (expected.Get("remaining")?.GetInt32() ?? answer.Remaining)
            )
            {
                return $"{answer}, not {expected}";
            }
        }

        return null;
    }

    private static string? Concurrent(JsonElement c)
    {
        var counters = new LimitCounters();
        var limit = Limit(c, "limit");
        var window = LimitWindow.Of(limit, "tool.write", "alice", DateTimeOffset.UnixEpoch);
        var allowed = 0;
        Parallel.For(
            0,
            c.GetProperty("concurrent_requests").GetInt32(),
            _ => Interlocked.Add(ref allowed, counters.Count(limit, window).Allowed ? 1 : 0)
        );
        var expected = c.GetProperty("expected");
        return allowed >= expected.GetProperty("allowed_min").GetInt32() && allowed <= expected.GetProperty("allowed_max").GetInt32()
            ? null
            : $"{allowed}";
    }

    private static LimitDemand Limit(JsonElement c, string name)
    {
        var limit = c.GetProperty(name);
        return new LimitDemand(limit.GetProperty("requests").GetInt32(), limit.Text("window"), limit.Text("scope"));
    }
}
