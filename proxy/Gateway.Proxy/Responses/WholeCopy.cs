using System.Buffers;
using System.Runtime.CompilerServices;
using Gateway.Connectors.Models;
using Gateway.Policy.Canonical;
using Gateway.Policy.Model;
using Gateway.Proxy.Intents;

namespace Gateway.Proxy.Responses;

/// <summary>
/// Copies an answer that must be looked at whole (a model's that isn't a stream, one that is to be
/// reduced, or one that is compressed and could hold the credential): read within the operation's
/// limit, recorded, then delivered.
/// </summary>
internal sealed class WholeCopy(HttpContext http, HttpResponseMessage answer, AnswerPlan plan, Delivered delivered)
{
    private const int FirstBuffer = 16 * 1024;

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
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
                    if (!plan.Held.TryAddToAnswer(buffer.Length))
                    {
                        throw new AnswerException(
                            ReasonCode.ResponseTooLarge,
                            "It was done, and its answer was withheld: bodies that are under way take all the memory that one agent may "
                                + "have."
                        );
                    }

                    buffer = RentedBytes.Grow(buffer);
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

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<Refusal?> DeliverAsync(ReadOnlyMemory<byte> body)
    {
        if (plan.Guard.IsIn(body.Span) || CodedAnswer.Holds(plan, answer, body))
        {
            throw new AnswerException(ReasonCode.CredentialInAnswer);
        }

        plan.Tee?.Add(body.Span);
        plan.Reader?.ReadBody(body.Span);
        if (plan.KeepAsync is { } keep)
        {
            body = (await keep((int)answer.StatusCode, body)).TryGet(out var kept, out var unkept)
                ? kept.Bytes
                : throw new AnswerException(unkept.Reason, unkept.Detail);
        }

        using var output = plan.Reduction is null ? null : new GrowingBuffer();
        using var told = plan.Seal is null ? null : new GrowingBuffer();
        using var parts = plan.Messages is null ? null : PartReduction.Of(plan);
        if (plan.Messages is { } messages)
        {
            body = messages.Read((int)answer.StatusCode, body, isEvent: false, parts).TryGet(out var message, out var refusal)
                ? message.Bytes
                : throw new AnswerException(refusal.Reason, refusal.Detail);
        }
        else if (plan.Reduction is { } reduction)
        {
            if (!reduction.TryReduce(body, (int)answer.StatusCode, output!, out body, out var redacted))
            {
                throw AnswerException.Unmet();
            }

            plan.Metadata.Redacted += redacted;
        }

        if (plan.Seal is { } seal)
        {
            AnswerIds.Seal(body.Span, seal, told!);
            body = told!.WrittenMemory;
        }

        delivered.Whole(body.Span);
        var delivery = new Delivery(
            Ending.Completed,
            (int)answer.StatusCode,
            ReasonCode.None,
            body.Length,
            delivered.Digest(),
            plan.Reader?.Usage ?? default
        );
        if (!await plan.ConcludeAsync(delivery))
        {
            return new Refusal(ReasonCode.OutcomeUnrecorded);
        }

        AnswerHead.Copy(answer, http.Response, plan, body.Length);
        if (plan.Reduction is not null || plan.Seal is not null || plan.KeepAsync is not null || plan.Messages is not null)
        {
            AnswerHead.ForgetDigests(http.Response);
        }

        await http.Response.Body.WriteAsync(body, CancellationToken.None);
        return null;
    }
}
