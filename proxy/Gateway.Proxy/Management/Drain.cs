using Gateway.Policy.Model;
using Gateway.Proxy.Admission;
using Gateway.Proxy.FrontDoor;

namespace Gateway.Proxy.Management;

/// <summary>
/// An orderly end: readiness goes off first, while the doors stay open for as long as it takes to be noticed; then running requests have
/// their grace; what runs longer gets its error event while its outcome can still be recorded.
/// </summary>
public sealed class Drain(FrontDoorOptions options, RunningRequests running, TimeProvider time) : IHostedLifecycleService, IDisposable
{
    private readonly CancellationTokenSource _ended = new();
    private bool _opened;

    /// <summary>True from the moment that the process was told to end.</summary>
    public bool HasBegun { get; private set; }

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        HasBegun = true;
        // Nobody is to notice the end of what never began.
        await Task.Delay(_opened ? options.Drain : TimeSpan.Zero, time, cancellationToken);
        _ = CutAsync(_ended.Token);
    }

    public Task StoppedAsync(CancellationToken cancellationToken) => _ended.CancelAsync();

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        _opened = true;
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _ended.Dispose();

    private async Task CutAsync(CancellationToken ended)
    {
        try
        {
            await Task.Delay(options.Grace, time, ended);
            running.End(static _ => true, ReasonCode.Interrupted);
        }
        catch (OperationCanceledException)
        {
            // All ended by themselves.
        }
    }
}
