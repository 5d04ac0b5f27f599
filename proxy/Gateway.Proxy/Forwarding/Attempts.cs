namespace Gateway.Proxy.Forwarding;

/// <summary>
/// How often one request was sent, and how often it may be. Where a connection is lost before an answer, .NET's client sends a request
/// without a content again by itself, up to three times, and tells nobody: so it is counted where the bytes go out. Thread-safe as far as
/// one request goes: its attempts follow each other.
/// </summary>
/// <param name="most">More than zero.</param>
internal sealed class Attempts(int most)
{
    private static readonly AsyncLocal<Attempts?> UnderWay = new();

    private Stream? _connection;

    public int Count { get; private set; }

    /// <summary>Counts what is written from here on in this flow of control, on connections that <see cref="Watch"/> has seen.</summary>
    public void Begin() => UnderWay.Value = this;

    /// <summary>Lets a connection, as it is behind its encryption, be counted on.</summary>
    public static Stream Watch(Stream connection) => new WatchedStream(connection);

    private void Enter(Stream connection)
    {
        if (connection == _connection)
        {
            return;
        }

        if (Count == most)
        {
            // Neither an I/O error nor anything else that the client takes as a reason to try another connection.
            throw new HttpRequestException($"The connection was lost before an answer; the request was sent {Count} times already.");
        }

        (_connection, Count) = (connection, Count + 1);
    }

    /// <summary>A connection whose every write is somebody's attempt.</summary>
    private sealed class WatchedStream(Stream inner) : Stream
    {
        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => true;
        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count) => inner.Read(buffer, offset, count);

        public override int Read(Span<byte> buffer) => inner.Read(buffer);

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            inner.ReadAsync(buffer, offset, count, cancellationToken);

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            inner.ReadAsync(buffer, cancellationToken);

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            UnderWay.Value?.Enter(this);
            inner.Write(buffer);
        }

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            UnderWay.Value?.Enter(this);
            return inner.WriteAsync(buffer, cancellationToken);
        }

        public override void Flush() => inner.Flush();

        public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override ValueTask DisposeAsync() => inner.DisposeAsync();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                inner.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
