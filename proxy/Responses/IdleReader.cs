namespace Gateway.Proxy.Responses;

/// <summary>Reads a stream with a limit on each silence. One answer only.</summary>
internal sealed class IdleReader(Stream stream, TimeSpan idle, CancellationToken lifetime) : IDisposable
{
    private readonly CancellationTokenSource _source = CancellationTokenSource.CreateLinkedTokenSource(lifetime);

    /// <summary>The longest silence, from the next read on.</summary>
    public TimeSpan Idle { get; set; } = idle;

    /// <summary>Whether the silence was too long, rather than the answer's lifetime over.</summary>
    public bool WasSilent => _source.IsCancellationRequested && !lifetime.IsCancellationRequested;

    public async ValueTask<int> ReadAsync(Memory<byte> buffer)
    {
        var read = stream.ReadAsync(buffer, _source.Token);
        if (read.IsCompletedSuccessfully)
        {
            return read.Result;
        }

        _source.CancelAfter(Idle);
        var count = await read;
        _source.CancelAfter(Timeout.InfiniteTimeSpan);
        return count;
    }

    public void Dispose() => _source.Dispose();
}
