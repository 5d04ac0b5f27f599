using System.Buffers;
using System.Numerics;
using Gateway.Policy.Canonical;
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
    private GrowingBuffer? _changed;

    private RequestBody(byte[]? rented, ReadOnlyMemory<byte> content, HeldBytes held)
    {
        (_rented, Held) = (rented, held);
        _content = content;
        Arrived = content;
        Digest = Sha256Digest.Compute(content.Span);
    }

    /// <summary>As it arrived, whatever an obligation has made of it.</summary>
    public ReadOnlyMemory<byte> Arrived { get; private set; }

    public ReadOnlyMemory<byte> Content => _content;

    /// <summary>Of exactly <see cref="Content"/>.</summary>
    public Sha256Digest Digest { get; private set; }

    public bool IsEmpty => _content.IsEmpty;

    /// <summary>What this request holds of memory, to which its answer is added.</summary>
    public HeldBytes Held { get; }

    /// <summary>Room for one content that an obligation makes of this one; given back with the body.</summary>
    public GrowingBuffer Changed => _changed ??= new GrowingBuffer();

    /// <summary>Replaces the content, for an obligation that changes what goes out.</summary>
    /// <param name="digest">Of exactly this content; another one and nothing goes out, because it is made anew before.</param>
    public void Replace(ReadOnlyMemory<byte> content, Sha256Digest digest) => (_content, Digest) = (content, digest);

    /// <summary>Reads to the end of the stream, or to one byte over the limit, which refuses.</summary>
    /// <param name="declared">The declared length, or null: how much to rent at first.</param>
    /// <param name="held">Takes over what is held; let go of where this refuses or throws.</param>
    public static async ValueTask<Result<RequestBody>> ReadAsync(
        Stream stream,
        long limit,
        long? declared,
        HeldBytes held,
        CancellationToken cancellationToken
    )
    {
        if (declared > limit)
        {
            return TooLarge(limit);
        }

        if (declared == 0)
        {
            return new RequestBody(null, default, held);
        }

        var first = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Min((declared ?? 4095) + 1, limit + 1)); // As the pool does.
        if (!held.TryAddToBody(first))
        {
            return TooMuch;
        }

        byte[]? buffer = null;
        RequestBody? body = null;
        var length = 0;
        try
        {
            buffer = ArrayPool<byte>.Shared.Rent(first);
            while (true)
            {
                if (length == buffer.Length)
                {
                    if (!held.TryAddToBody(buffer.Length))
                    {
                        return TooMuch;
                    }

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
                    return body = new RequestBody(buffer, buffer.AsMemory(0, length), held);
                }
            }
        }
        finally
        {
            if (body is null)
            {
                held.Dispose(); // Also where the pool had no buffer to give.
                if (buffer is not null)
                {
                    ArrayPool<byte>.Shared.Return(buffer);
                }
            }
        }
    }

    public void Dispose()
    {
        Held.Dispose();
        _changed?.Dispose();
        if (Interlocked.Exchange(ref _rented, null) is { } rented)
        {
            _content = default;
            Arrived = default;
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private static Refusal TooMuch { get; } =
        new(
            ReasonCode.ConcurrencyLimited,
            "Bodies that are under way take all the memory that one agent may have.",
            RetryAfter: TimeSpan.FromSeconds(1)
        );

    private static Refusal TooLarge(long limit) => new(ReasonCode.RequestTooLarge, $"The body is over {limit} bytes.");
}
