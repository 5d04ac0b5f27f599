using Npgsql;

namespace Gateway.Connectors.Stores;

/// <summary>
/// Listens for what PostgreSQL announces, on a connection of its own, from the first time that somebody asks. Where that is lost it is
/// made anew, once a second; meanwhile nothing is announced.
/// </summary>
internal sealed class PostgresListener(NpgsqlDataSource source) : IAsyncDisposable
{
    /// <summary>Every change of every tenant is announced here, as it is committed.</summary>
    public const string Channel = "gateway_changes";

    private static readonly TimeSpan Again = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _starting = new();
    private TaskCompletionSource _next = NewSource();
    private Task? _listening;
    private int _disposals;

    public Task NextChange()
    {
        lock (_starting)
        {
            _listening ??= Task.Run(ListenAsync);
        }

        return Volatile.Read(ref _next).Task;
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Increment(ref _disposals) > 1)
        {
            return; // A host that knows the store under two names disposes of it twice.
        }

        await _stop.CancelAsync();
        if (_listening is { } listening)
        {
            await listening;
        }

        await source.DisposeAsync();
        _stop.Dispose();
    }

    private async Task ListenAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await using var connection = await source.OpenConnectionAsync(_stop.Token);
                connection.Notification += (_, _) => Announce();
                await using (var command = new NpgsqlCommand($"LISTEN {Channel}", connection))
                {
                    await command.ExecuteNonQueryAsync(_stop.Token);
                }

                Announce(); // What was announced before is missed.
                while (true)
                {
                    await connection.WaitAsync(_stop.Token);
                }
            }
            catch (Exception e) when (e is NpgsqlException or IOException or OperationCanceledException or InvalidOperationException)
            {
                // Who follows looks by itself as well, and says what it can't read.
            }

            await Task.Delay(Again, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void Announce() => Interlocked.Exchange(ref _next, NewSource()).TrySetResult();

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
