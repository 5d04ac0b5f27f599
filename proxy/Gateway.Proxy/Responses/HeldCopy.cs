using System.Buffers;
using Gateway.Policy.Model;

namespace Gateway.Proxy.Responses;

/// <summary>
/// Copies any answer as it comes, one byte behind, so that the caller has it whole only once its outcome is recorded; further behind where
/// its end could be the beginning of the credential that went out.
/// </summary>
internal sealed class HeldCopy(HttpContext http, HttpResponseMessage answer, AnswerPlan plan, Delivered delivered)
{
    private const int BufferSize = 64 * 1024;

    public async ValueTask<Refusal?> CopyAsync(IdleReader reader)
    {
        var declared = answer.Content.Headers.ContentLength;
        if (declared > plan.Operation.ResponseBytes)
        {
            throw new AnswerException(ReasonCode.ResponseTooLarge);
        }

        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            // What is held back stands first in the buffer; what is read comes behind it, and its end is held back next.
            var held = 0;
            var received = 0L;
            while (await reader.ReadAsync(buffer.AsMemory(held)) is var read && read > 0)
            {
                received += read;
                if (received > plan.Operation.ResponseBytes)
                {
                    throw new AnswerException(ReasonCode.ResponseTooLarge);
                }

                var filled = held + read;
                held = Math.Max(1, Checked(buffer.AsSpan(0, filled)));
                var ready = filled - held;
                if (ready > 0)
                {
                    await WriteAsync(buffer.AsMemory(0, ready), declared);
                    delivered.Add(buffer.AsSpan(0, ready));
                    plan.Tee?.Add(buffer.AsSpan(0, ready));
                    buffer.AsSpan(ready, held).CopyTo(buffer);
                }
            }

            return await EndAsync(buffer.AsMemory(0, held), declared);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>
    /// An answer that is only a head. The length of what isn't there may only be said where there could be something (RFC 9110, section
    /// 8.6).
    /// </summary>
    public ValueTask<Refusal?> CopyHeadAsync() =>
        EndAsync(
            default,
            (int)answer.StatusCode is StatusCodes.Status204NoContent or StatusCodes.Status205ResetContent
                ? null
                : answer.Content.Headers.ContentLength
        );

    /// <summary>How much of the end must wait.</summary>
    private int Checked(ReadOnlySpan<byte> bytes) =>
        plan.Guard.IsIn(bytes) ? throw new AnswerException(ReasonCode.CredentialInAnswer) : plan.Guard.BeginsIn(bytes);

    private async ValueTask<Refusal?> EndAsync(ReadOnlyMemory<byte> last, long? declared)
    {
        delivered.Add(last.Span);
        plan.Tee?.Add(last.Span);
        var delivery = new Delivery(
            Ending.Completed,
            (int)answer.StatusCode,
            ReasonCode.None,
            delivered.Bytes,
            delivered.Digest(),
            default
        );
        if (await plan.ConcludeAsync(delivery))
        {
            await WriteAsync(last, declared);
            return null;
        }

        if (!http.Response.HasStarted)
        {
            return new Refusal(ReasonCode.OutcomeUnrecorded);
        }

        http.Abort();
        return null;
    }

    private ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, long? declared)
    {
        if (!http.Response.HasStarted)
        {
            AnswerHead.Copy(answer, http.Response, plan, declared);
        }

        return bytes.IsEmpty ? default : http.Response.Body.WriteAsync(bytes, plan.Lifetime);
    }
}
