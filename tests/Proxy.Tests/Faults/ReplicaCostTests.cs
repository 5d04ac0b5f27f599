using System.Diagnostics;
using System.Globalization;
using Gateway.Proxy.Identity.Signing;
using Gateway.Proxy.Tests.StandIn;
using Gateway.Testing;
using Xunit.Abstractions;

namespace Gateway.Proxy.Tests.Faults;

/// <summary>What a request costs of what replicas share, at one, two and four of them: the counts that docs/sizing.md adds up.</summary>
public sealed class ReplicaCostTests(ITestOutputHelper output)
{
    private const int Requests = 400;
    private const int Clients = 4;

    /// <value>Behind the answers uses are settled, and PostgreSQL's own counting is a second late.</value>
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(1.5);

    private static readonly TimeSpan Idling = TimeSpan.FromSeconds(3);

    [Fact]
    public async Task A_request_takes_the_same_of_redis_and_nothing_of_postgresql_however_many_replicas_there_are()
    {
        var one = await MeasureAsync(1);
        var two = await MeasureAsync(2);
        var four = await MeasureAsync(4);

        output.WriteLine($"{"replicas", -38}{one.Replicas, 10}{two.Replicas, 10}{four.Replicas, 10}");
        foreach (var ((name, value), i) in one.Rows().Select((row, i) => (row, i)))
        {
            var line = new[] { value, two.Rows()[i].Value, four.Rows()[i].Value };
            output.WriteLine($"{name, -38}" + string.Concat(line.Select(v => v.ToString("F2", CultureInfo.InvariantCulture).PadLeft(10))));
        }

        Assert.All([one, two, four], cost => Assert.InRange(cost.Scripts, 0.5, 2)); // One to enter; settling waits for company.
        Assert.InRange(four.Scripts, one.Scripts / 1.5, one.Scripts * 1.5);
        Assert.All([one, two, four], cost => Assert.InRange(cost.Transactions, -0.2, 0.2));
        Assert.All([one, two, four], cost => Assert.InRange(cost.Connections, 1, cost.Replicas * 21));
    }

    private static async Task<Cost> MeasureAsync(int count)
    {
        await using var redis = await RedisServer.StartAsync();
        var postgres = await PostgresServer.SharedAsync();
        var database = await postgres.NewDatabaseAsync();
        await using var provider = await RunningStandIn.StartAsync("--StandIn:Seen=0");
        await using var first = new GatewayProcess(provider.Address);
        var (signer, bearer) = await first.PrepareSharedAsync(postgres, database);
        var replicas = new List<GatewayProcess> { first };
        try
        {
            while (replicas.Count < count)
            {
                replicas.Add(first.OnAnotherVolume($"data-{replicas.Count}"));
            }

            string[] shared =
            [
                .. SharedStorage.Settings(redis, postgres, database).Where(one => !one.StartsWith("--POSTGRES", StringComparison.Ordinal)),
                $"--Gateway:Data:Replicas={Math.Max(count, 1)}",
                "--Gateway:Store:Deadline=00:00:02",
                $"--Gateway:Credentials:MountedFiles={first.Secrets}",
            ];
            await Task.WhenAll(replicas.Select(replica => replica.StartAsync(shared)));
            await SendAsync(replicas, signer, bearer, Requests / 4); // Connections, keys and caches are there afterwards.

            await redis.PassAsync(Settling);
            var idle = await StandAsync(redis, postgres, database, replicas);
            await redis.PassAsync(Idling);
            var before = await StandAsync(redis, postgres, database, replicas);
            await SendAsync(replicas, signer, bearer, Requests);
            await redis.PassAsync(Settling);
            var after = await StandAsync(redis, postgres, database, replicas);
            return new Cost(count, idle, before, after, Requests);
        }
        finally
        {
            foreach (var replica in replicas.Skip(1))
            {
                await replica.DisposeAsync();
            }
        }
    }

    /// <summary>As many signed tool calls as model calls with a key, in turn at each replica.</summary>
    private static Task SendAsync(List<GatewayProcess> replicas, RequestSigner signer, string bearer, int requests) =>
        Task.WhenAll(
            Enumerable
                .Range(0, Clients)
                .Select(async client =>
                {
                    using var http = new HttpMessageInvoker(new SocketsHttpHandler { UseProxy = false });
                    for (var i = client; i < requests; i += Clients)
                    {
                        var address = replicas[i / Clients % replicas.Count].Address;
                        using var request =
                            i / Clients / replicas.Count % 2 == 0
                                ? BearerChat.To(address, bearer)
                                : new HttpRequestMessage(HttpMethod.Get, new Uri(address, "/tools/crm/contacts/c-1"));
                        if (request.Content is null)
                        {
                            await signer.SignAsync(request, CancellationToken.None);
                        }

                        using var answer = await http.SendAsync(request, CancellationToken.None);
                        var said = await answer.Content.ReadAsStringAsync();
                        if (Call.CodeOf(said) == "not_ready")
                        {
                            i -= Clients; // For a moment after a start nobody can tell a signature from a replay.
                            continue;
                        }

                        Assert.True(answer.IsSuccessStatusCode, said);
                    }
                })
        );

    private static async Task<Stand> StandAsync(RedisServer redis, PostgresServer postgres, string database, List<GatewayProcess> replicas)
    {
        var stats = await redis.CommandAsync("INFO", "stats");
        await using var connection = await postgres.OpenAsync(database);
        await using var command = connection.CreateCommand();
        command.CommandText =
            "SELECT (SELECT xact_commit FROM pg_stat_database WHERE datname = current_database()), "
            + "(SELECT count(*) - 1 FROM pg_stat_activity WHERE datname = current_database())";
        await using var rows = await command.ExecuteReaderAsync();
        await rows.ReadAsync();
        return new Stand(
            Stopwatch.GetTimestamp(),
            await redis.CallsAsync("evalsha") + await redis.CallsAsync("eval"),
            Number(await redis.CommandAsync("INFO", "commandstats"), "cmdstat_evalsha:calls=", "usec="),
            Number(await redis.CommandAsync("INFO", "memory"), "used_memory:"),
            Number(stats, "total_net_input_bytes:"),
            Number(stats, "total_net_output_bytes:"),
            rows.GetInt64(0),
            rows.GetInt64(1),
            replicas.Sum(replica =>
                new DirectoryInfo(replica.JournalPath).EnumerateFiles("*", SearchOption.AllDirectories).Sum(f => f.Length)
            ),
            replicas.Sum(replica => replica.ProcessorTime.TotalMilliseconds)
        );
    }

    /// <summary>The number behind a name of Redis' INFO, or behind a member in its line.</summary>
    private static long Number(string info, string name, string member = "")
    {
        var at = info.IndexOf(name, StringComparison.Ordinal) + (member.Length == 0 ? name.Length : 0);
        at = member.Length == 0 ? at : info.IndexOf(member, at, StringComparison.Ordinal) + member.Length;
        return long.Parse(info[at..info.IndexOfAny(['\r', ','], at)], CultureInfo.InvariantCulture);
    }

    private sealed record Stand(
        long At,
        long Scripts,
        long Microseconds,
        long Memory,
        long In,
        long Out,
        long Transactions,
        long Connections,
        long Journal,
        double Processor
    );

    /// <summary>A request's share, without what goes on without requests; connections are all that there are.</summary>
    private sealed record Cost(int Replicas, Stand Idle, Stand Before, Stand After, int Requests)
    {
        public double Scripts => Of(one => one.Scripts);
        public double Transactions => Of(one => one.Transactions);
        public double Connections => After.Connections;

        public IReadOnlyList<(string Name, double Value)> Rows() =>
            [
                ("Redis: scripts a request", Scripts),
                ("Redis: us of its processor a request", Of(one => one.Microseconds)),
                ("Redis: bytes held a request", Of(one => one.Memory)),
                ("Redis: bytes to it a request", Of(one => one.In)),
                ("Redis: bytes from it a request", Of(one => one.Out)),
                ("PostgreSQL: transactions a request", Transactions),
                ("PostgreSQL: connections", Connections),
                ("Journal: bytes a request", Of(one => one.Journal)),
                ("Processor: ms a request", Of(one => one.Processor)),
                ("Redis: scripts a second, idle", Idly(one => one.Scripts)),
                ("PostgreSQL: transactions a second, idle", Idly(one => one.Transactions)),
                ("Journal: bytes a second, idle", Idly(one => one.Journal)),
            ];

        private double Of(Func<Stand, double> of) =>
            (of(After) - of(Before) - (Idly(of) * Stopwatch.GetElapsedTime(Before.At, After.At).TotalSeconds)) / Requests;

        /// <summary>In a second without requests, of all replicas.</summary>
        private double Idly(Func<Stand, double> of) => (of(Before) - of(Idle)) / Stopwatch.GetElapsedTime(Idle.At, Before.At).TotalSeconds;
    }
}
