using System.Text;
using Gateway.Evidence.Log;
using Gateway.Evidence.Log.Shipping;
using Gateway.Evidence.Records;
using Gateway.Evidence.Signing;
using Gateway.Policy.Model;

// A process to be killed: appends to the journal in the folder of its first argument from several tasks at once, until it dies, and prints
// the index of every record that was acknowledged. With "hold" as the second argument it opens the log, prints its id, and waits for its
// input to end. With "ship" and a folder it ships to that folder again and again.
if (args is [var journal, "ship", var archive])
{
    for (; ; )
    {
        new JournalShipping(journal, archive, Key(), TimeProvider.System).Run(CancellationToken.None);
    }
}

var log = JournalLog.Open(
    new JournalOptions { Root = args[0], SegmentBytes = 1 << 16 },
    Id<Tenant>.Parse("acme"),
    Key(),
    TimeProvider.System
);
if (args is [_, "hold"])
{
    Console.WriteLine(log.Id);
    Console.ReadLine();
    await log.DisposeAsync();
    return;
}

await Task.WhenAll(Enumerable.Range(0, 8).Select(task => Task.Run(() => AppendAsync(task))));

// The same at every start: what one process signed, the next must take.
static LogKeys Key() =>
    new(
        Ed25519PrivateKey.TryCreate(Enumerable.Range(1, 32).Select(i => (byte)i).ToArray(), out var key)
            ? key
            : throw new InvalidOperationException(),
        []
    );

async Task AppendAsync(int task)
{
    for (var i = 0; ; i++)
    {
        // Every other decision gets an outcome, and every fourth record must be on the disk.
        var id = $"{task}-{i / 2}";
        var type = i % 4 == 1 ? RecordType.Outcome : RecordType.Decision;
        var receipt = await log.AppendAsync(
            type,
            Encoding.UTF8.GetBytes($"{{\"decision_id\":\"{id}\"}}"),
            i % 4 == 0 ? Durability.Synced : Durability.Written,
            CancellationToken.None
        );
        Console.WriteLine(receipt.Index);
    }
}
