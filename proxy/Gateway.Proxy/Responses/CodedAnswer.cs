using System.Buffers;
using System.IO.Compression;
using System.Runtime.InteropServices;
using Gateway.Policy.Model;
using Gateway.Proxy.Credentials;

namespace Gateway.Proxy.Responses;

/// <summary>Looks for the credential in what a compressed answer says. The answer itself goes on as it came.</summary>
internal static class CodedAnswer
{
    /// <value>How much larger than the operation's limit an answer may become when it is decoded: few honest ones compress better.</value>
    private const int MostExpansion = 16;

    private const int MostCodings = 2;
    private const int BufferSize = 2 * SecretGuard.MostHeld;

    /// <exception cref="AnswerException">It can't be decoded, so that nobody knows what it says; or it becomes too large.</exception>
    public static bool Holds(AnswerPlan plan, HttpResponseMessage answer, ReadOnlyMemory<byte> body)
    {
        if (plan.Guard.IsNone || body.IsEmpty || !answer.Content.Headers.NonValidated.TryGetValues("Content-Encoding", out var values))
        {
            return false;
        }

        var codings = values.ToString().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var encoded = MemoryMarshal.TryGetArray(body, out var array)
            ? new MemoryStream(array.Array!, array.Offset, array.Count, false)
            : null;
        if (encoded is null || codings.Length > MostCodings)
        {
            throw new AnswerException(ReasonCode.UpstreamRefusedType);
        }

        Stream decoded = encoded;
        try
        {
            foreach (var coding in codings.Reverse())
            {
                decoded = Decoder(decoded, coding, body.Span);
            }

            return Holds(plan, decoded);
        }
        catch (Exception e) when (e is InvalidDataException or InvalidOperationException or IOException)
        {
            throw new AnswerException(ReasonCode.UpstreamRefusedType);
        }
        finally
        {
            decoded.Dispose();
        }
    }

    private static bool Holds(AnswerPlan plan, Stream decoded)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            var (held, left) = (0, plan.Operation.ResponseBytes * MostExpansion);
            while (decoded.Read(buffer, held, buffer.Length - held) is var read && read > 0)
            {
                left -= read;
                if (left < 0)
                {
                    throw new AnswerException(ReasonCode.ResponseTooLarge);
                }

                var seen = buffer.AsSpan(0, held + read);
                if (plan.Guard.IsIn(seen))
                {
                    return true;
                }

                held = plan.Guard.BeginsIn(seen);
                seen[^held..].CopyTo(buffer);
            }

            return false;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>RFC 9110, section 8.4.1. What is called deflate comes with zlib's head or without.</summary>
    private static Stream Decoder(Stream encoded, string coding, ReadOnlySpan<byte> body) =>
        coding.ToUpperInvariant() switch
        {
            "GZIP" or "X-GZIP" => new GZipStream(encoded, CompressionMode.Decompress),
            "DEFLATE" when (body[0] & 0x0F) == 8 && body.Length > 1 && ((body[0] << 8) | body[1]) % 31 == 0 => new ZLibStream(
                encoded,
                CompressionMode.Decompress
            ),
            "DEFLATE" => new DeflateStream(encoded, CompressionMode.Decompress),
            "BR" => new BrotliStream(encoded, CompressionMode.Decompress),
            "IDENTITY" => encoded,
            _ => throw new AnswerException(ReasonCode.UpstreamRefusedType),
        };
}
