using System.Net;
using System.Net.Sockets;
using Gateway.Connectors.Contracts;
using Gateway.Connectors.Stores;
using Gateway.Proxy.Notices;
using Gateway.Proxy.Tests.Readers;
using Gateway.Testing;

namespace Gateway.Proxy.Tests.Notices;

/// <summary>Two replicas on one store: each notice is sent once, and at least once where a replica or the store fails.</summary>
public sealed class ReplicaNoticeTests
{
    private const string Package = "standardwebhooks";
    private const int Many = 25;

    [NodeFact(Package)]
    public Task Two_replicas_on_sqlite_send_each_notice_once() => SendOnceAsync(null);

    [NodeFact(Package)]
    public async Task Two_replicas_on_postgresql_send_each_notice_once()
    {
        var server = await PostgresServer.SharedAsync();
        var database = await server.NewDatabaseAsync();
        await SendOnceAsync(() =>
            new PostgresStore(
                new PostgresOptions
                {
                    ConnectionString = server.Connection(database),
                    Password = PostgresServer.Password,
                    Deadline = TimeSpan.FromSeconds(30),
                    WriteDeadline = TimeSpan.FromSeconds(30),
                }
            )
        );
    }

    private static async Task SendOnceAsync(Func<SqlStore>? open)
    {
        await using var reader = await WebhookReader.StartAsync();
        await using var bench = await NoticeBench.StartAsync([("a", Spec(reader.Address)), ("b", Spec(reader.Address))], open);
        bench.PutSecret("hook", WebhookReader.Secret);
        await reader.AnswerAsync([.. Enumerable.Repeat(200, 2 * Many)]);
        TenantOutbox[] replicas = [bench.Outbox, await bench.NewReplicaAsync()];
        for (var i = 0; i < Many; i++)
        {
            await bench.AskAsync($"apr_{i}");
            if (i % 5 == 0)
            {
                await Task.WhenAll(replicas.Select(one => one.LookAsync(CancellationToken.None)));
            }
        }

        await Task.WhenAll(replicas.Select(one => one.EndAsync()));
        await Task.WhenAll(replicas.Select(one => one.LookAsync(CancellationToken.None)));
        await Task.WhenAll(replicas.Select(one => one.EndAsync()));

        var seen = await reader.SeenAsync();
        Assert.Equal(2 * Many, seen.Count);
        Assert.Equal(2 * Many, seen.Select(one => one.Id).Distinct().Count());
        Assert.Equal(2 * Many, (await bench.Notices.ListAsync(NoticeBench.Demo, NoticeState.Sent, 1000, CancellationToken.None)).Count);
    }

    [NodeFact(Package)]
    public async Task Notice_of_a_replica_that_was_killed_while_it_sent_is_sent_by_another_under_the_same_id()
    {
        await using var reader = await WebhookReader.StartAsync();
        await using var bench = await NoticeBench.StartAsync([("hook", Spec(reader.Address))]);
        bench.PutSecret("hook", WebhookReader.Secret);
        await bench.AskAsync();
        var dying = await bench.NewReplicaAsync();
        await bench.Notices.FollowAsync(
            NoticeBench.Demo,
            happened => NoticeFacts.Notices(happened, bench.Governance.Current.Find(NoticeBench.Demo)!),
            CancellationToken.None
        );
        var lease = TimeSpan.FromSeconds(30);
        var taken = await bench.Notices.TakeAsync(NoticeBench.Demo, "hook", bench.Time.GetUtcNow(), lease, CancellationToken.None);

        await bench.SettleAsync();
        Assert.Empty(await reader.SeenAsync()); // It may still be at it.
        bench.Time.Advance(lease);
        await dying.LookAsync(CancellationToken.None);
        await dying.EndAsync();

        Assert.Equal(taken!.Id, Assert.Single(await reader.SeenAsync()).Id);
    }

    [Fact]
    public async Task Notice_that_the_end_of_the_host_interrupts_is_due_for_another_at_once()
    {
        using var hanging = new TcpListener(IPAddress.Loopback, 0);
        hanging.Start();
        await using var bench = await NoticeBench.StartAsync([("hook", Spec(new Uri($"http://{hanging.LocalEndpoint}/in")))]);
        bench.PutSecret("hook", WebhookReader.Secret);
        await bench.AskAsync();
        using var host = new CancellationTokenSource();

        await bench.Outbox.LookAsync(host.Token);
        using var connection = await hanging.AcceptTcpClientAsync();
        await host.CancelAsync();
        await bench.Outbox.EndAsync();

        var notice = await bench.OnlyAsync();
        Assert.Equal((NoticeState.Waiting, 0, null), (notice.State, notice.Attempts, notice.Holder));
        Assert.True(notice.Due <= bench.Time.GetUtcNow());
    }

    [NodeFact(Package)]
    public async Task Store_that_can_not_be_written_holds_notices_up_and_loses_none()
    {
        await using var reader = await WebhookReader.StartAsync();
        await using var bench = await NoticeBench.StartAsync([("hook", Spec(reader.Address))]);
        bench.PutSecret("hook", WebhookReader.Secret);
        await reader.AnswerAsync(200);
        await bench.AskAsync();
        var aside = bench.StoreFile + ".aside";
        File.Move(bench.StoreFile, aside);

        await bench.SettleAsync();
        Assert.Empty(await reader.SeenAsync());
        File.Move(aside, bench.StoreFile);
        await bench.SettleAsync();

        Assert.Single(await reader.SeenAsync());
    }

    private static string Spec(Uri address) => $"{{type: webhook, url: '{address}', secrets: [vault://files/hook]}}";
}
