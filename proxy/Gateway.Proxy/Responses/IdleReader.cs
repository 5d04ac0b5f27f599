namespace Gateway.Proxy.Responses;

/// <summary>Reads a stream with a limit on each silence. One answer only.</summary>
internal sealed class IdleReader(Stream stream, TimeSpan idle, CancellationToken lifetime) : IDisposable
{
    private readonly CancellationTokenSource _source = CancellationTokenSource.CreateLinkedTokenSource(lifetime);
    private bool _isEnding;

    /// <summary>Whether the silence, or what <see cref="EndWithin"/> said, was over, rather than the answer's lifetime.</summary>
    public bool WasSilent => _source.IsCancellationRequested && !lifetime.IsCancellationRequested;

    /// <summary>From the first call on all that is read must come within this time, however lively it is.</summary>
    public void EndWithin(TimeSpan left)
    {
        if (!_isEnding)
        {
            _isEnding = true;
            _source.CancelAfter(left);
        }
    }

    public async ValueTask<int> ReadAsync(Memory<byte> buffer)
    {
        var read = stream.ReadAsync(buffer, _source.Token);
        if (read.IsCompletedSuccessfully)
        {
            return read.Result;
        }

        if (_isEnding)
        {
            return await read;
        }

        _source.CancelAfter(idle);
        var count = await read;
        _source.CancelAfter(Timeout.InfiniteTimeSpan);
        return count;
    }

    public void Dispose() => _source.Dispose();
}
