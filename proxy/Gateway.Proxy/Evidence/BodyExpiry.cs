using Gateway.Connectors.Bodies;

namespace Gateway.Proxy.Evidence;

/// <summary>
/// Removes the kept bodies whose days are over, at the start and then once an hour. What can't be removed is kept and said.
/// </summary>
public sealed partial class BodyExpiry(BodyStore store, TimeProvider time, ILogger<BodyExpiry> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        do
        {
            try
            {
                if (await Task.Run(() => store.RemoveExpired(time.GetUtcNow()), stoppingToken) is > 0 and var removed)
                {
                    Log.Removed(logger, removed);
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                Log.NotRemoved(logger, e);
            }
        } while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private static partial class Log
    {
        [LoggerMessage(8008, LogLevel.Information, "{Days} days of kept bodies past their retention were removed")]
        public static partial void Removed(ILogger logger, int days);

        [LoggerMessage(8009, LogLevel.Error, "Kept bodies past their retention could not be removed")]
        public static partial void NotRemoved(ILogger logger, Exception exception);
    }
}
