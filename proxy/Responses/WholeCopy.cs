using System.Buffers;
using Gateway.Policy.Model;

namespace Gateway.Proxy.Responses;

/// <summary>Copies a model's answer that isn't a stream: read whole within the operation's limit, recorded, then delivered.</summary>
internal sealed class WholeCopy(HttpContext http, HttpResponseMessage answer, AnswerPlan plan, Delivered delivered)
{
    private const int FirstBuffer = 16 * 1024;

    public async ValueTask<Refusal?> CopyAsync(IdleReader reader)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(FirstBuffer);
        try
        {
            var length = 0;
            while (true)
            {
                if (length == buffer.Length)
                {
                    buffer = Grow(buffer);
                }

                var read = await reader.ReadAsync(buffer.AsMemory(length));
                if (read == 0)
                {
                    break;
                }

                length += read;
                if (length > plan.Operation.ResponseBytes)
                {
                    throw new AnswerException(ReasonCode.ResponseTooLarge);
                }
            }

            return await DeliverAsync(buffer.AsMemory(0, length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async ValueTask<Refusal?> DeliverAsync(ReadOnlyMemory<byte> body)
    {
        if (plan.Guard.IsIn(body.Span))
        {
            throw new AnswerException(ReasonCode.CredentialInAnswer);
        }

        plan.Reader?.ReadBody(body.Span);
        delivered.Add(body.Span);
        var delivery = new Delivery(Ending.Completed, (int)answer.StatusCode, ReasonCode.None, body.Length, delivered.Digest(), plan.Reader?.Usage ?? default);
        if (!await plan.ConcludeAsync(delivery))
        {
            return new Refusal(ReasonCode.OutcomeUnrecorded);
        }

        AnswerHead.Copy(answer, http.Response, plan.Operation, plan.Marks, body.Length);
        await http.Response.Body.WriteAsync(body, CancellationToken.None);
        return null;
    }

    private static byte[] Grow(byte[] buffer)
    {
        var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }
}
