using System.Threading.Channels;
using Gateway.Connectors.Contracts;

namespace Gateway.Proxy.Admission;

/// <summary>
/// Gives back what a request was charged beyond its use, off the path. Tried again while the shared store is away; what never arrives stays
/// charged, which is the safe side.
/// </summary>
public sealed partial class Settlements(AdmissionOptions options, ISharedState state, TimeProvider time, ILogger<Settlements> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly Channel<Settlement> _pending = Channel.CreateBounded<Settlement>(new BoundedChannelOptions(options.PendingSettlements) { SingleReader = true });

    /// <summary>Never blocks and never throws.</summary>
    public void Settle(AdmittedRequest admitted, long tokensUsed)
    {
        if (!_pending.Writer.TryWrite(new Settlement(admitted, tokensUsed)))
        {
            Log.Dropped(logger, admitted.Request.RequestId);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var settlement in _pending.Reader.ReadAllAsync(stoppingToken))
        {
            var (request, answer) = (settlement.Admitted.Request, settlement.Admitted.Answer);
            while (!await state.SettleAsync(request, answer, settlement.TokensUsed, stoppingToken))
            {
                await Task.Delay(Pause, time, stoppingToken);
            }
        }
    }

    private readonly record struct Settlement(AdmittedRequest Admitted, long TokensUsed);

    private static partial class Log
    {
        [LoggerMessage(4001, LogLevel.Warning, "Too many settlements wait for the shared store; request {RequestId} stays charged with what it reserved")]
        public static partial void Dropped(ILogger logger, string requestId);
    }
}
