using System.Globalization;
using System.Net.Sockets;
using System.Security.Cryptography;
using Gateway.Connectors.Contracts;
using Gateway.Connectors.Stores;
using Gateway.Policy.Compilation;
using Gateway.Policy.Model;
using Gateway.Proxy.Configuration;
using Gateway.Proxy.Forwarding;
using Gateway.Proxy.Telemetry;

namespace Gateway.Proxy.Notices;

/// <summary>Sends what is due, one attempt at a time, and writes down what became of it. Thread-safe.</summary>
internal sealed partial class NoticeSending(
    NoticesOptions options,
    NoticeStore store,
    GovernanceState governance,
    WebPost web,
    MailPost mail,
    GatewayMetrics metrics,
    TimeProvider time,
    ILogger<NoticeSending> logger
)
{
    /// <value>Beyond its deadline an attempt still has to be written down.</value>
    private static readonly TimeSpan Written = TimeSpan.FromSeconds(15);

    // Never disposed of, which only its wait handle would need.
    private readonly SemaphoreSlim _free = new(options.Concurrency);

    /// <summary>A place for each tenant: whose channels all hang holds up no other.</summary>
    public SemaphoreSlim NewTenantPlaces() => new(Math.Max(1, options.Concurrency / 4));

    public TenantSnapshot? Find(Id<Tenant> tenant) => governance.Current.Find(tenant);

    /// <summary>Sends one that is due for a channel. False where none is.</summary>
    /// <exception cref="DurableStoreException">It can't be taken; or not be written down, and is sent again, under the same id.</exception>
    public async Task<bool> SendNextAsync(Id<Tenant> tenant, string channel, SemaphoreSlim places, CancellationToken cancellationToken)
    {
        await places.WaitAsync(cancellationToken);
        try
        {
            await _free.WaitAsync(cancellationToken);
            try
            {
                var taken = await store.TakeAsync(tenant, channel, time.GetUtcNow(), options.Deadline + Written, cancellationToken);
                if (taken is not null)
                {
                    await SendAsync(tenant, taken, cancellationToken);
                }

                return taken is not null;
            }
            finally
            {
                _free.Release();
            }
        }
        finally
        {
            places.Release();
        }
    }

    private async Task SendAsync(Id<Tenant> tenant, NoticeRecord taken, CancellationToken cancellationToken)
    {
        var channel = Find(tenant)?.Channels.FirstOrDefault(one => one.Name == taken.Channel);
        Delivery delivery;
        try
        {
            delivery = channel is null
                ? new Delivery(false, "No document declares the channel any more.", IsFinal: true)
                : await AttemptAsync(channel, taken, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // The host ends: another replica, or the next start, needn't wait for the end of the lease.
            await store.ReturnAsync(tenant, taken, time.GetUtcNow(), CancellationToken.None);
            throw;
        }

        var type = Vocabulary.ChannelType.Text(channel?.Type ?? ChannelType.Unspecified);
        await (delivery.IsSent ? NoteSentAsync(tenant, taken, type) : NoteFailedAsync(tenant, taken, type, delivery));
    }

    private async Task<Delivery> AttemptAsync(NotificationChannel channel, NoticeRecord taken, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(options.Deadline, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        INoticePost post = channel.Type == ChannelType.Email ? mail : web;
        try
        {
            return await post.SendAsync(channel, taken, both.Token).WaitAsync(both.Token);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            return Delivery.Failed(Explain(e));
        }
    }

    private async Task NoteSentAsync(Id<Tenant> tenant, NoticeRecord taken, string type)
    {
        if (await store.SentAsync(tenant, taken, time.GetUtcNow(), CancellationToken.None))
        {
            metrics.Told(type, "sent");
        }
    }

    private async Task NoteFailedAsync(Id<Tenant> tenant, NoticeRecord taken, string type, Delivery delivery)
    {
        var now = time.GetUtcNow();
        var failed = taken.Attempts + 1;
        var jitter = RandomNumberGenerator.GetInt32(1_000) / 1_000d;
        var again = now + NoticeWaits.After(failed, delivery, jitter);
        if (!await store.FailedAsync(tenant, taken, delivery.Problem, again, now, CancellationToken.None))
        {
            return; // Another has taken it over.
        }

        metrics.Told(type, again is null ? "dead" : "failed");
        if (again is null)
        {
            Log.Dead(logger, taken.Id, taken.Channel, tenant, failed, delivery.Problem);
        }
        else
        {
            Log.Failed(logger, taken.Id, taken.Channel, tenant, failed, delivery.Problem);
        }
    }

    /// <summary>Messages of ours as they are; of anything else what kind of thing it was, since what another said may be in it.</summary>
    private string Explain(Exception e) =>
        e switch
        {
            CredentialSourceException or EgressException => e.Message,
            HttpRequestException { InnerException: EgressException inner } => inner.Message,
            HttpRequestException http => $"It can't be reached ({http.HttpRequestError}).",
            OperationCanceledException => string.Create(
                CultureInfo.InvariantCulture,
                $"It did not answer within {options.Deadline.TotalSeconds} s."
            ),
            SocketException socket => $"It can't be reached ({socket.SocketErrorCode}).",
            _ => $"It can't be sent ({e.GetType().Name}).",
        };

    private static partial class Log
    {
        [LoggerMessage(
            5201,
            LogLevel.Warning,
            "The notice {Notice} for channel {Channel} of {Tenant} failed, attempt {Attempt}: {Problem}"
        )]
        public static partial void Failed(ILogger logger, string notice, string channel, Id<Tenant> tenant, int attempt, string problem);

        [LoggerMessage(
            5202,
            LogLevel.Error,
            "The notice {Notice} for channel {Channel} of {Tenant} is a dead letter after {Attempts} attempts: {Problem}"
        )]
        public static partial void Dead(ILogger logger, string notice, string channel, Id<Tenant> tenant, int attempts, string problem);
    }
}
