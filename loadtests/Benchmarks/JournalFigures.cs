using System.Diagnostics;
using System.Globalization;
using Gateway.Evidence.Log;
using Gateway.Evidence.Receipts;
using Gateway.Evidence.Records;
using Gateway.Evidence.Signing;
using Gateway.Evidence.Verification;
using Gateway.Policy.Compilation;
using Gateway.Policy.Evaluation;
using Gateway.Policy.Model;

namespace Gateway.Benchmarks;

/// <summary>
/// What the journal does in a second with everything on: chain, tree, signed heads, tiles, seals. Not BenchmarkDotNet: what is measured is
/// a running log and a folder of files, not one call. Takes under a minute.
/// </summary>
internal static class JournalFigures
{
    private const int Actions = 200_000;
    private const int Callers = 64;
    private const int Receipts = 10;
    private const int Rounds = 3;

    private static readonly Id<Tenant> Tenant = Id<Tenant>.Parse("demo");

    public static async Task<int> RunAsync()
    {
        var root = Directory.CreateTempSubdirectory("gateway-journal-").FullName;
        try
        {
            await MeasureAsync(new JournalOptions { Root = root }, new LogKeys(Ed25519PrivateKey.Create(), []));
            return 0;
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    private static async Task MeasureAsync(JournalOptions options, LogKeys keys)
    {
        var snapshot = SampleGovernance.Compile(10, 100);
        await using (var log = JournalLog.Open(options, Tenant, keys, TimeProvider.System))
        {
            var watch = Stopwatch.StartNew();
            await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(() => WriteAsync(log, snapshot, caller))));
            Say("appended", 2 * Actions, watch.Elapsed, "records, each awaited by its caller");
            await ReceiptsAsync(log, snapshot, options.Root);
        }

        for (var round = 0; round < Rounds; round++)
        {
            var watch = Stopwatch.StartNew();
            var result = JournalVerifier.Verify(options.Root, keys.Public);
            Say(
                "verified",
                result.Records,
                watch.Elapsed,
                $"records of {result.Bytes / result.Records} bytes, with signatures, tiles and seals"
            );
            if (!result.IsGood)
            {
                throw new InvalidOperationException(result.Problem!.ToString());
            }
        }
    }

    private static async Task WriteAsync(JournalLog log, Snapshot snapshot, int caller)
    {
        for (var number = caller; number < Actions; number += Callers)
        {
            var decision = Decision(snapshot, string.Create(CultureInfo.InvariantCulture, $"d-{number}"));
            await log.AppendAsync(decision, Durability.Written, CancellationToken.None);
            await log.AppendAsync(
                new OutcomeRecord
                {
                    DecisionId = decision.DecisionId,
                    Status = OutcomeStatus.Completed,
                    HttpStatus = 200,
                    BytesDelivered = 512,
                },
                Durability.Written,
                CancellationToken.None
            );
        }
    }

    private static DecisionRecord Decision(Snapshot snapshot, string id)
    {
        var intent = SampleGovernance.Intent();
        var facts = new Facts(null, TimeProvider.System.GetUtcNow());
        return new DecisionRecord
        {
            DecisionId = id,
            RequestId = id,
            Intent = intent,
            Decision = Evaluator.Evaluate(snapshot, intent, facts),
            Facts = facts,
            Values = ActionReads.Keep(intent, ActionReads.Find(snapshot, intent)),
            Snapshot = snapshot.Revision,
            KeyId = "demo.key-1",
        };
    }

    /// <summary>From the answer, which waits for its record, to the receipt, which waits for the signed head over it.</summary>
    private static async Task ReceiptsAsync(JournalLog log, Snapshot snapshot, string root)
    {
        var source = new ReceiptSource(root, TimeProvider.System);
        var times = new List<double>();
        for (var i = 0; i < Receipts; i++)
        {
            var written = await log.AppendAsync(
                Decision(snapshot, string.Create(CultureInfo.InvariantCulture, $"r-{i}")),
                Durability.Synced,
                CancellationToken.None
            );
            var watch = Stopwatch.StartNew();
            if (
                !ReceiptId.TryParse(
                    string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileName(log.Folder)}.{written.Index}"),
                    out var id
                ) || await source.FindAsync(Tenant, id, ReceiptScope.Tenant, CancellationToken.None) is null
            )
            {
                throw new InvalidOperationException("There is no receipt.");
            }

            times.Add(watch.Elapsed.TotalMilliseconds);
        }

        times.Sort();
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"receipt    {times[times.Count / 2], 9:F0} ms after its answer (median of {Receipts}), {times[^1]:F0} ms at most"
            )
        );
    }

    private static void Say(string what, long count, TimeSpan elapsed, string of) =>
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{what, -10} {count / elapsed.TotalSeconds, 9:F0} a second: {count} {of}, in {elapsed.TotalSeconds:F2} s"
            )
        );
}
