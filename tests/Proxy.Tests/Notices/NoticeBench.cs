using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Gateway.Connectors.Contracts;
using Gateway.Connectors.Stores;
using Gateway.Connectors.Vaults;
using Gateway.Policy.Model;
using Gateway.Proxy.Configuration;
using Gateway.Proxy.Credentials;
using Gateway.Proxy.Forwarding;
using Gateway.Proxy.Notices;
using Gateway.Proxy.Telemetry;
using Gateway.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.Proxy.Tests.Notices;

/// <summary>
/// What tells people, with real stores, documents, files of secrets and connections, and a clock that the test moves: five attempts take a
/// quarter of an hour.
/// </summary>
internal sealed class NoticeBench : IAsyncDisposable
{
    public static readonly Id<Tenant> Demo = Id<Tenant>.Parse("demo");

    /// <value>What an approval's view holds and nobody is told.</value>
    public const string Argument = "an-argument-of-the-action";

    private const string Documents = """
        apiVersion: gateway/v1
        kind: Tenant
        metadata: {name: demo}
        spec: {entitlements: [wide_egress, break_glass]}
        ---
        apiVersion: gateway/v1
        kind: ApproverGroup
        metadata: {tenant: demo, name: treasury}
        spec: {members: [cleo, dora]}
        ---
        apiVersion: gateway/v1
        kind: ApproverGroup
        metadata: {tenant: demo, name: oncall}
        spec: {members: [flo]}
        ---
        apiVersion: gateway/v1
        kind: ApprovalGate
        metadata: {tenant: demo, name: bank}
        spec: {active: true, actions: [financial], approverGroups: [treasury], breakGlass: {groups: [oncall]}}

        """;

    private static readonly CancellationToken None = CancellationToken.None;

    private readonly TemporaryDirectory _folder = new();
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly MeterListener _listener = new();
    private readonly List<SqlStore> _stores = [];
    private readonly Func<SqlStore> _open;
    private readonly ConsoleAddress _console;

    /// <param name="open">Null for SQLite.</param>
    private NoticeBench(string governance, Func<SqlStore>? open, NoticesOptions options, X509Certificate2Collection issuers, string console)
    {
        _open = open ?? (() => new SqliteStore(_folder.File("store"), TimeSpan.FromSeconds(30)));
        Directory.CreateDirectory(_folder.File("governance"));
        File.WriteAllText(Path.Combine(_folder.File("governance"), "all.yaml"), governance);
        Governance = new GovernanceState(FirstGovernance.Read(_folder.File("governance")), Time);
        (Options, Issuers, _console) = (options, new TrustedIssuers(issuers), new ConsoleAddress(console));
        Listen();
    }

    /// <value>So far behind the machine's that what is sent again after five attempts has a timestamp of now.</value>
    public FakeTimeProvider Time { get; } = new(TimeProvider.System.GetUtcNow() - TimeSpan.FromMinutes(14));

    public NoticesOptions Options { get; }

    public TrustedIssuers Issuers { get; }

    public GovernanceState Governance { get; }

    /// <summary>Types of channels and outcomes, as the metric counts them.</summary>
    public ConcurrentQueue<string> Counted { get; } = new();

    public TenantOutbox Outbox { get; private set; } = null!;

    public NoticeStore Notices { get; private set; } = null!;

    public ApprovalStore Approvals { get; private set; } = null!;

    public SqlStore Store => _stores[0];

    public string StoreFile => Path.Combine(_folder.File("store"), "demo.db");

    public static async Task<NoticeBench> StartAsync(
        IEnumerable<(string Name, string Spec)> channels,
        Func<SqlStore>? open = null,
        NoticesOptions? options = null,
        X509Certificate2Collection? issuers = null,
        string console = ""
    )
    {
        var governance =
            Documents
            + string.Concat(
                channels.Select(one =>
                    $"---\napiVersion: gateway/v1\nkind: NotificationChannel\nmetadata: {{tenant: demo, name: {one.Name}}}\n"
                    + $"spec: {one.Spec}\n"
                )
            );
        var bench = new NoticeBench(governance, open, options ?? new NoticesOptions(), issuers ?? [], console);
        Assert.Empty(bench.Governance.Rejected);
        bench.Outbox = await bench.NewReplicaAsync();
        bench.Notices = new NoticeStore(bench.Store.Databases, new ChangeOrigin("gateway", "here", ""));
        bench.Approvals = new ApprovalStore(bench.Store.Databases, new ChangeOrigin("gateway", "here", ""));
        return bench;
    }

    /// <summary>Another process' outbox on the same store.</summary>
    public async Task<TenantOutbox> NewReplicaAsync()
    {
        var store = _open();
        _stores.Add(store);
        await store.PrepareAsync([Demo], None);
        var notices = new NoticeStore(store.Databases, new ChangeOrigin("gateway", "here", ""));
        var credentials = new CredentialStage(
            new CredentialsOptions { Cache = TimeSpan.Zero },
            new CredentialSources([new MountedFileSource(_folder.File("secrets"))]),
            TimeProvider.System
        );
        var connections = new OutgoingConnections(100);
        var sending = new NoticeSending(
            Options,
            notices,
            Governance,
            new WebPost(Options, _console, credentials, connections, Issuers, Time),
            new MailPost(Options, _console, credentials, connections, Issuers, Time),
            new GatewayMetrics(_services.GetRequiredService<IMeterFactory>()),
            Time,
            NullLogger<NoticeSending>.Instance
        );
        return new TenantOutbox(Demo, notices, sending, Time, NullLogger.Instance);
    }

    /// <summary>Puts a secret where <c>vault://files/NAME</c> finds it.</summary>
    public void PutSecret(string name, string value)
    {
        Directory.CreateDirectory(Path.Combine(_folder.File("secrets"), "demo"));
        File.WriteAllText(Path.Combine(_folder.File("secrets"), "demo", name), value);
    }

    /// <summary>Tells what is due, until nothing is under way.</summary>
    public async Task SettleAsync()
    {
        await Outbox.LookAsync(None);
        await Outbox.EndAsync();
    }

    public async Task AskAsync(string id = "apr_one", string owner = "Ada Sample", object? arguments = null)
    {
        var view = JsonSerializer.Serialize(
            new
            {
                agent = "payer",
                owner,
                connector = "bank",
                operation = "refund",
                action = "financial",
                risk = "low",
                target = "https://bank.example/" + Argument,
                arguments = arguments ?? new { note = Argument },
                reasons = new[] { "approval_required" },
                gates = new[] { "bank" },
            },
            new JsonSerializerOptions { MaxDepth = 5_000 }
        );
        await Approvals.AskAsync(
            Demo,
            new ApprovalRecord
            {
                Id = id,
                Agent = "payer",
                Action = "digest-of-the-action-" + id,
                View = view,
                ViewDigest = "digest-of-the-view",
                Gates = ["bank"],
                Needed = 1,
                DecisionId = "d-1",
                At = Time.GetUtcNow(),
                Ends = Time.GetUtcNow().AddHours(1),
                TimeToUse = TimeSpan.FromMinutes(15),
            },
            most: 10_000,
            None
        );
    }

    private void Listen()
    {
        var scope = _services.GetRequiredService<IMeterFactory>();
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == "gateway.notices" && ReferenceEquals(instrument.Meter.Scope, scope))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>(
            (_, count, tags, _) =>
            {
                for (var i = 0; i < count; i++)
                {
                    Counted.Enqueue($"{tags[0].Value} {tags[1].Value}");
                }
            }
        );
        _listener.Start();
    }

    public async Task<NoticeRecord> OnlyAsync() => Assert.Single(await Notices.ListAsync(Demo, null, 10, None));

    public async ValueTask DisposeAsync()
    {
        foreach (var store in _stores)
        {
            await store.DisposeAsync();
        }

        _listener.Dispose();
        await _services.DisposeAsync();
        _folder.Dispose();
    }
}
