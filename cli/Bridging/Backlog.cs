namespace Gateway.Cli.Bridging;

/// <summary>Messages of a program that nobody listens to yet, such as its questions between two calls. Not thread-safe.</summary>
internal sealed class Backlog
{
    private const int MostMessages = 64;
    private const int MostBytes = 1 << 20;

    private readonly List<ReadOnlyMemory<byte>> _messages = [];
    private int _bytes;

    /// <returns>False where there is no room: the message isn't kept.</returns>
    public bool TryKeep(RpcMessage message)
    {
        if (_messages.Count == MostMessages || _bytes + message.Bytes.Length > MostBytes)
        {
            return false;
        }

        _messages.Add(message.Bytes);
        _bytes += message.Bytes.Length;
        return true;
    }

    /// <summary>All of them, for whoever listens now.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Take()
    {
        ReadOnlyMemory<byte>[] all = [.. _messages];
        _messages.Clear();
        _bytes = 0;
        return all;
    }
}
