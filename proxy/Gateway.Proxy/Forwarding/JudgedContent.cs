using System.Net;

namespace Gateway.Proxy.Forwarding;

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

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken) =>
        stream.WriteAsync(bytes, cancellationToken).AsTask();

    protected override bool TryComputeLength(out long length)
    {
        length = bytes.Length;
        return true;
    }
}
