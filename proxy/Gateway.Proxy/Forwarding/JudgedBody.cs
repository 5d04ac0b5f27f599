using System.Net;
using Microsoft.AspNetCore.Http.Features;

namespace Gateway.Proxy.Forwarding;

/// <summary>The judged bytes as the stream that YARP copies from. Read-only.</summary>
internal sealed class JudgedBody(ReadOnlyMemory<byte> content) : Stream
{
    private int _position;

    public ReadOnlyMemory<byte> Content { get; } = content;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => Content.Length;

    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        var count = Math.Min(buffer.Length, Content.Length - _position);
        Content.Span.Slice(_position, count).CopyTo(buffer);
        _position += count;
        return count;
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(Read(buffer.Span));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        Task.FromResult(Read(buffer.AsSpan(offset, count)));

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}

/// <summary>
/// The judged bytes as the outgoing content, in one piece. YARP's own flushes the head before it copies, so that even a short request takes
/// two packets and wakes its receiver twice.
/// </summary>
internal sealed class JudgedContent(ReadOnlyMemory<byte> bytes) : HttpContent
{
    /// <value>Bytes that YARP would copy without looking at its timer: no body up to here loses time by not being copied piece by
    /// piece.</value>
    public const int MaxLength = 64 * 1024;

    public ReadOnlyMemory<byte> Bytes => bytes;

    /// <summary>Whether it was asked for, which is when there is a connection to write it to.</summary>
    public bool IsBegun { get; private set; }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        IsBegun = true;
        return stream.WriteAsync(bytes, cancellationToken).AsTask();
    }

    protected override bool TryComputeLength(out long length)
    {
        length = bytes.Length;
        return true;
    }
}

/// <summary>Tells YARP whether there is a body to copy: the judged one, whatever the caller's framing said.</summary>
internal sealed class BodyDetection(bool canHaveBody) : IHttpRequestBodyDetectionFeature
{
    public static BodyDetection Present { get; } = new(true);

    public static BodyDetection None { get; } = new(false);

    public bool CanHaveBody { get; } = canHaveBody;
}
