using Gateway.Connectors.Contracts;

namespace Gateway.Proxy.Admission;

/// <summary>
/// Gives back what a request was charged beyond its use, off the path and side by side: one after the other, a store that takes a tenth of
/// a millisecond for each would keep slots that are long free. Tried again while the shared store is away; for what never arrives the lease
/// ends.
/// </summary>
public sealed partial class Settlements(
    AdmissionOptions options,
    ISharedState state,
    HeldLeases leases,
    TimeProvider time,
    ILogger<Settlements> logger
) : IHostedService, IDisposable
{
    private readonly int _mostPending = options.PendingSettlements;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _pending;

    /// <summary>Never waits and never throws. Where the state is in memory it is done when this returns.</summary>
    /// <param name="tokensUsed">Null where nothing can have been sent: then the request's idempotency key can be used again.</param>
    public void Settle(AdmittedRequest admitted, long? tokensUsed)
    {
        if (Interlocked.Increment(ref _pending) > _mostPending)
        {
            Leave();
            leases.Remove(admitted.Request);
            Log.Dropped(logger, admitted.DecisionId);
            return;
        }

        _ = SettleAsync(admitted, tokensUsed);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>
    /// What is under way ends by its own deadline, and is waited for: the last requests have ended just now, and the connection closes
    /// next. Nothing is tried again.
    /// </summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        if (Volatile.Read(ref _pending) > 0)
        {
            // The time for it being over is no failure.
            await _ended.Task.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public void Dispose() => _stopping.Dispose();

    private async Task SettleAsync(AdmittedRequest admitted, long? tokensUsed)
    {
        try
        {
            while (!await state.SettleAsync(admitted.Request, admitted.Answer, tokensUsed, CancellationToken.None))
            {
                await Task.Delay(Pause, time, _stopping.Token);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException && _stopping.IsCancellationRequested)
        {
            // The process ends: so does the lease.
        }
        catch (Exception e)
        {
            // Nobody waits for this: whatever was not foreseen is said here or nowhere.
            Log.Failed(logger, admitted.DecisionId, e);
        }
        finally
        {
            leases.Remove(admitted.Request);
            Leave();
        }
    }

    private void Leave()
    {
        if (Interlocked.Decrement(ref _pending) == 0 && _stopping.IsCancellationRequested)
        {
            _ended.TrySetResult();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            4001,
            LogLevel.Warning,
            "Too many settlements wait for the shared store; what decision {DecisionId} holds ends with its lease"
        )]
        public static partial void Dropped(ILogger logger, string decisionId);

        [LoggerMessage(
            4004,
            LogLevel.Error,
            "What decision {DecisionId} was charged could not be settled; what it holds ends with its lease"
        )]
        public static partial void Failed(ILogger logger, string decisionId, Exception exception);
    }
}
