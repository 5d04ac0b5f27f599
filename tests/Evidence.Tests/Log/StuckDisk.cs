using Gateway.Evidence.Log;

namespace Gateway.Evidence.Tests.Log;

/// <summary>A real disk whose writes can be made to wait, and that says when one does.</summary>
internal sealed class StuckDisk : IDisposable
{
    private readonly ManualResetEventSlim _entered = new();
    private readonly ManualResetEventSlim _go = new(true);

    public StuckDisk() =>
        Disk = new Disk
        {
            Write = (file, bytes, offset) =>
            {
                _entered.Set();
                _go.Wait();
                RandomAccess.Write(file, bytes, offset);
            },
        };

    public Disk Disk { get; }

    /// <summary>From now on writes wait.</summary>
    public void Stick()
    {
        _go.Reset();
        _entered.Reset();
    }

    /// <summary>Returns when a write waits.</summary>
    public void Entered() => _entered.Wait();

    public void GoOn() => _go.Set();

    public void Dispose()
    {
        _entered.Dispose();
        _go.Dispose();
    }
}
