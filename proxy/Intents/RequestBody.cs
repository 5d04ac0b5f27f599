using System.Buffers;
using Gateway.Policy.Model;

namespace Gateway.Proxy.Intents;

/// <summary>
/// A request's whole body in one rented buffer. The bytes judged are the bytes sent: a change makes a new content and a new digest.
/// Owned by the request; given back once, when it ends.
/// </summary>
public sealed class RequestBody : IDisposable
{
    private byte[]? _rented;
    private ReadOnlyMemory<byte> _content;

    private RequestBody(byte[]? rented, ReadOnlyMemory<byte> content)
    {
        _rented = rented;
        _content = content;
        Arrived = content;
        Digest = Sha256Digest.Of(content.Span);
    }

    /// <summary>As it arrived, whatever an obligation has made of it.</summary>
    public ReadOnlyMemory<byte> Arrived { get; private set; }

    public ReadOnlyMemory<byte> Content => _content;

    /// <summary>Of exactly <see cref="Content"/>.</summary>
    public Sha256Digest Digest { get; private set; }

    public bool IsEmpty => _content.IsEmpty;

    /// <summary>Replaces the content, for an obligation that changes what goes out.</summary>
    /// <param name="digest">Of exactly this content; another one and nothing goes out, because it is made anew before.</param>
    public void Replace(ReadOnlyMemory<byte> content, Sha256Digest digest) => (_content, Digest) = (content, digest);

    /// <summary>Reads to the end of the stream, or to one byte over the limit, which refuses.</summary>
    /// <param name="declared">The declared length, or null: how much to rent at first.</param>
    public static async ValueTask<Result<RequestBody>> ReadAsync(Stream stream, long limit, long? declared, CancellationToken cancellationToken)
    {
        if (declared > limit)
        {
            return TooLarge(limit);
        }

        if (declared == 0)
        {
            return new RequestBody(null, default);
        }

        var buffer = ArrayPool<byte>.Shared.Rent((int)Math.Min((declared ?? 4095) + 1, limit + 1));
        var length = 0;
        try
        {
            while (true)
            {
                if (length == buffer.Length)
                {
                    buffer = RentedBytes.Grow(buffer);
                }

                var read = await stream.ReadAsync(buffer.AsMemory(length), cancellationToken);
                length += read;
                if (length > limit)
                {
                    return TooLarge(limit);
                }

                if (read == 0)
                {
                    var body = new RequestBody(buffer, buffer.AsMemory(0, length));
                    buffer = null;
                    return body;
                }
            }
        }
        finally
        {
            if (buffer is not null)
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }
        }
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _rented, null) is { } rented)
        {
            _content = default;
            Arrived = default;
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private static Refusal TooLarge(long limit) => new(ReasonCode.RequestTooLarge, $"The body is over {limit} bytes.");
}
