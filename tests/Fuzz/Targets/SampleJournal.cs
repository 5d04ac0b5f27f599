using System.Text;
using Gateway.Evidence.Log;
using Gateway.Evidence.Receipts;
using Gateway.Evidence.Records;
using Gateway.Evidence.Signing;
using Gateway.Policy.Model;
using Gateway.Testing;

namespace Gateway.Fuzz.Tests.Targets;

/// <summary>A journal of a few segments, made anew for each process, and a receipt of one of its records.</summary>
internal sealed class SampleJournal
{
    private const int Records = 40;

    private readonly TemporaryDirectory _directory = new();

    private SampleJournal()
    {
        AppDomain.CurrentDomain.ProcessExit += (_, _) => _directory.Dispose();
        Ed25519PrivateKey.TryCreate([.. Enumerable.Range(1, 32).Select(i => (byte)i)], out var key);
        Keys = new LogKeys(key!, []);
        var options = new JournalOptions { SegmentBytes = 4096, Root = _directory.File("journal") };
        Receipt = FillAsync(options).GetAwaiter().GetResult();
        Files = [.. Directory.GetFiles(Root, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
    }

    public static SampleJournal One { get; } = new();

    public LogKeys Keys { get; }

    public string Root => _directory.File("journal");

    /// <summary>Of all that lies there, in the order of their names.</summary>
    public IReadOnlyList<string> Files { get; }

    public byte[] Receipt { get; }

    private async Task<byte[]> FillAsync(JournalOptions options)
    {
        var tenant = Id<Tenant>.Parse("acme");
        await using (var log = JournalLog.Open(options, tenant, Keys, TimeProvider.System))
        {
            for (var i = 0; i < Records; i++)
            {
                var body = Encoding.UTF8.GetBytes($$"""{"n":{{i}},"of":"a change that takes some room in its segment"}""");
                await log.AppendAsync(RecordType.Change, body, Durability.Written, CancellationToken.None);
            }
        }

        var folder = Directory.GetDirectories(Path.Combine(options.Root, "acme")).Single();
        var source = new ReceiptSource(options.Root, TimeProvider.System);
        ReceiptId.TryParse($"{Path.GetFileName(folder)}.7", out var id);
        return await source.FindAsync(tenant, id, ReceiptScope.Tenant, CancellationToken.None)
            ?? throw new InvalidOperationException("There is no receipt.");
    }
}
