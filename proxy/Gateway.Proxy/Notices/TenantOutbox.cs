using System.Collections.Concurrent;
using Gateway.Connectors.Contracts;
using Gateway.Connectors.Stores;
using Gateway.Policy.Model;

namespace Gateway.Proxy.Notices;

/// <summary>
/// One tenant's: makes the notices of what happened, and has each channel send one after the other what is due, beside the other channels.
/// </summary>
internal sealed partial class TenantOutbox(Id<Tenant> tenant, NoticeStore store, NoticeSending sending, TimeProvider time, ILogger logger)
{
    /// <value>After so long it is looked in any case: another replica may have died with something in its hands.</value>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Cleaning = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<string, Task> _channels = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _places = sending.NewTenantPlaces();
    private Task _looking = Task.CompletedTask;
    private long _followed = -1;
    private long _nextTicks;
    private DateTimeOffset _cleaned;
    private bool _isFailing;

    /// <summary>Looks where there may be something to do, and nobody is looking.</summary>
    /// <param name="epoch">The number of the tenant's last change that is known.</param>
    public void Begin(long epoch, CancellationToken cancellationToken)
    {
        if (_looking.IsCompleted && (epoch != _followed || time.GetUtcNow().Ticks >= Interlocked.Read(ref _nextTicks)))
        {
            _followed = epoch;
            // On a thread of its own: SQLite blocks whoever asks it.
            _looking = Task.Run(() => LookAsync(cancellationToken), CancellationToken.None);
        }
    }

    /// <summary>Looks once, and begins to send what is due.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var again = (now + AfterFailure).Ticks;
        Interlocked.Exchange(ref _nextTicks, again);
        try
        {
            if (sending.Find(tenant) is not { } governed)
            {
                return;
            }

            await store.FollowAsync(tenant, happened => NoticeFacts.Notices(happened, governed), cancellationToken);
            var next = now + Longest;
            foreach (var (channel, due) in await store.DueAsync(tenant, cancellationToken))
            {
                var isDue = due <= now;
                if (isDue)
                {
                    Begin(channel, cancellationToken);
                }

                var look = isDue ? now + AfterFailure : due; // One that is being sent may have been the last that its channel looked for.
                next = look < next ? look : next;
            }

            Interlocked.CompareExchange(ref _nextTicks, next.Ticks, again); // Unless a channel has said something else meanwhile.
            if (now - _cleaned >= Cleaning)
            {
                await store.RemoveOldAsync(tenant, now, cancellationToken);
                _cleaned = now;
            }

            _isFailing = false;
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            Fail(e);
        }
        catch (OperationCanceledException)
        {
            // The host ends.
        }
    }

    /// <summary>When nothing is under way.</summary>
    public async Task EndAsync()
    {
        await _looking;
        await Task.WhenAll(_channels.Values);
    }

    /// <summary>Of a channel one after the other; nobody else begins one, since one looks at a time.</summary>
    private void Begin(string channel, CancellationToken cancellationToken)
    {
        if (!_channels.TryGetValue(channel, out var running) || running.IsCompleted)
        {
            _channels[channel] = Task.Run(() => SendAllAsync(channel, cancellationToken), CancellationToken.None);
        }
    }

    private async Task SendAllAsync(string channel, CancellationToken cancellationToken)
    {
        try
        {
            while (await sending.SendNextAsync(tenant, channel, _places, cancellationToken))
            {
                // As long as something is due.
            }

            Interlocked.Exchange(ref _nextTicks, 0); // What failed is due again at another time.
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            Interlocked.Exchange(ref _nextTicks, (time.GetUtcNow() + AfterFailure).Ticks);
            Fail(e);
        }
        catch (Exception e) when (e is OperationCanceledException or DurableStoreException)
        {
            // The host ends; what could not be given back is due when its lease is over.
        }
    }

    /// <summary>Said once, and not at every look.</summary>
    private void Fail(Exception exception)
    {
        if (!_isFailing)
        {
            _isFailing = true;
            Log.NotTold(logger, tenant, exception);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(5203, LogLevel.Error, "Nobody of tenant {Tenant} can be told of approvals for now; it is tried again")]
        public static partial void NotTold(ILogger logger, Id<Tenant> tenant, Exception exception);
    }
}
