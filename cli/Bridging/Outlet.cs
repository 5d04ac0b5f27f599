using System.Threading.Channels;

namespace Gateway.Cli.Bridging;

/// <summary>
/// Where a program's messages go out: the answer to one call, or the stream of a listening client. One message waits at a time, so that a
/// client that reads slowly slows the program down, and fills no memory.
/// </summary>
/// <param name="takesEvents">Whether others than the last one can go here.</param>
/// <param name="first">Messages that waited for it.</param>
internal sealed class Outlet(bool takesEvents, IReadOnlyList<ReadOnlyMemory<byte>> first)
{
    private readonly Channel<ReadOnlyMemory<byte>> _messages = Channel.CreateBounded<ReadOnlyMemory<byte>>(
        new BoundedChannelOptions(1) { SingleReader = true }
    );

    private volatile bool _isClosed;

    public IReadOnlyList<ReadOnlyMemory<byte>> First => first;

    public ChannelReader<ReadOnlyMemory<byte>> Messages => _messages.Reader;

    /// <summary>The response, once <see cref="Messages"/> has ended; null for a stream that ends without one.</summary>
    public RpcMessage? Response { get; private set; }

    /// <summary>Said instead of the response.</summary>
    public byte[]? Failure { get; private set; }

    public bool TakesEvents => takesEvents && !_isClosed;

    /// <summary>Waits until the message before it has gone out.</summary>
    /// <returns>False where the outlet closed first.</returns>
    public async Task<bool> PutAsync(RpcMessage message, CancellationToken cancellationToken)
    {
        try
        {
            await _messages.Writer.WriteAsync(message.Bytes, cancellationToken);
            return true;
        }
        catch (ChannelClosedException)
        {
            return false;
        }
    }

    /// <summary>The last message. Doesn't wait: what came before goes out first all the same.</summary>
    public void Finish(RpcMessage response)
    {
        Response = response;
        Close();
    }

    public void Fail(byte[] failure)
    {
        Failure = failure;
        Close();
    }

    /// <summary>Nobody reads it any more, or nothing comes.</summary>
    public void Close()
    {
        _isClosed = true;
        _messages.Writer.TryComplete();
    }
}

/// <summary>A request that a client waits for.</summary>
internal sealed record Call(RpcMessage Request, Outlet Outlet, long Since);
