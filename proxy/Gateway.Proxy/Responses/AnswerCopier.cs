using System.Net;
using System.Runtime.CompilerServices;
using Gateway.Policy.Model;

namespace Gateway.Proxy.Responses;

/// <summary>
/// Copies one answer to the caller and holds its last event or byte until the outcome is recorded: an answer that is complete is an answer
/// that is on record. Never throws; whatever goes wrong ends the answer and is recorded.
/// </summary>
public sealed class AnswerCopier(HttpContext http, HttpResponseMessage answer, AnswerPlan plan)
{
    /// <summary>How long a caller may take to let the last event of a cut stream go out.</summary>
    private static readonly TimeSpan ErrorEventTimeout = TimeSpan.FromMilliseconds(500);

    /// <summary>Null when the answer was copied, or cut after it had begun; otherwise what to answer in its place.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<Refusal?> CopyAsync()
    {
        using var delivered = new Delivered();
        AnswerHead.ForgetPhrase(http.Response);
        try
        {
            if ((int)answer.StatusCode is < 200 or > 599)
            {
                throw new AnswerException(ReasonCode.UpstreamFailed); // No final answer: nothing was asked to switch protocols.
            }

            if (!AnswerFraming.IsClear(answer))
            {
                throw new AnswerException(ReasonCode.UpstreamFailed);
            }

            if (plan.Messages?.RefusalOf((int)answer.StatusCode) is { } refusal)
            {
                throw new AnswerException(refusal.Reason, refusal.Detail);
            }

            if (plan.Guard.IsIn(answer, plan.Operation.ResponseHeaders) || plan.Guard.IsIn(answer, AnswerHead.OfTheBody))
            {
                throw new AnswerException(ReasonCode.CredentialInAnswer);
            }

            var stream = answer.Content.ReadAsStream(plan.Lifetime); // What it gives is the connection itself: nothing waits.
            using var reader = new IdleReader(stream, plan.Idle, plan.Lifetime);
            try
            {
                return await CopyAsync(reader, delivered);
            }
            catch (OperationCanceledException) when (reader.WasSilent)
            {
                return await EndEarlyAsync(Ending.Cut, ReasonCode.UpstreamTimeout, delivered);
            }
        }
        catch (AnswerException e)
        {
            return await EndEarlyAsync(Ending.Cut, e.Reason, delivered, e.Detail);
        }
        catch (OperationCanceledException)
        {
            var (ending, reason, detail) = plan.Interrupted();
            return await EndEarlyAsync(ending, reason, delivered, detail);
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            var (ending, reason, detail) = plan.Lifetime.IsCancellationRequested
                ? plan.Interrupted()
                : (Ending.Cut, ReasonCode.UpstreamFailed, null);
            return await EndEarlyAsync(ending, reason, delivered, detail);
        }
    }

    private ValueTask<Refusal?> CopyAsync(IdleReader reader, Delivered delivered)
    {
        if (HasNoBody())
        {
            return new HeldCopy(http, answer, plan, delivered).CopyHeadAsync();
        }

        if (plan.Messages is not null)
        {
            return IsCoded() || IsPart() ? throw new AnswerException(ReasonCode.UpstreamRefusedType)
                : IsEventStream() ? new EventCopy(http, answer, plan, delivered).CopyAsync(reader)
                : new WholeCopy(http, answer, plan, delivered).CopyAsync(reader);
        }

        if (plan.Reduction is not null)
        {
            return CopyReduced(reader, delivered);
        }

        if (IsEventStream())
        {
            return new EventCopy(http, answer, plan, delivered).CopyAsync(reader);
        }

        if (plan.Reader is null && IsCoded() && !plan.Guard.IsNone)
        {
            // Looked through once it is decoded, so it must be here whole.
            return new WholeCopy(http, answer, plan, delivered).CopyAsync(reader);
        }

        if (plan.Reader is null)
        {
            return new HeldCopy(http, answer, plan, delivered).CopyAsync(reader);
        }

        // A model's answer is read for its usage, so it must be text that can be read.
        return !IsCoded()
            ? new WholeCopy(http, answer, plan, delivered).CopyAsync(reader)
            : throw new AnswerException(ReasonCode.UpstreamRefusedType);
    }

    /// <summary>Whole and as text, or not at all: what comes in pieces or compressed can't be looked through.</summary>
    private ValueTask<Refusal?> CopyReduced(IdleReader reader, Delivered delivered) =>
        !IsCoded() && !IsEventStream() && !IsPart()
            ? new WholeCopy(http, answer, plan, delivered).CopyAsync(reader)
            : throw AnswerException.Unmet();

    /// <summary>RFC 9110, sections 9.3.2 and 15: whatever stands behind such a head is no body of it, and is not read.</summary>
    private bool HasNoBody() =>
        HttpMethods.IsHead(http.Request.Method)
        || (int)answer.StatusCode
            is StatusCodes.Status204NoContent
                or StatusCodes.Status205ResetContent
                or StatusCodes.Status304NotModified;

    /// <summary>A range of something (RFC 9110, section 14): what is to be replaced may be cut in it, or have no name.</summary>
    private bool IsPart() =>
        answer.StatusCode == HttpStatusCode.PartialContent || answer.Content.Headers.NonValidated.Contains("Content-Range");

    private bool IsEventStream() =>
        string.Equals(answer.Content.Headers.ContentType?.MediaType, "text/event-stream", StringComparison.OrdinalIgnoreCase) && !IsCoded();

    /// <summary>
    /// Not by what .NET makes of it, which passes over a coding whose name it can't read; the caller gets the header as it came.
    /// </summary>
    private bool IsCoded() =>
        answer.Content.Headers.NonValidated.TryGetValues("Content-Encoding", out var codings) && codings.ToString().Length > 0;

    /// <summary>
    /// Records the early end, then says it the loudest way that is left: as a refusal, as an error event, or by breaking the connection.
    /// </summary>
    private async ValueTask<Refusal?> EndEarlyAsync(Ending ending, ReasonCode reason, Delivered delivered, string? detail = null)
    {
        var usage = plan.Reader?.Usage ?? default;
        var started = http.Response.HasStarted;
        var recorded = await plan.ConcludeAsync(
            new Delivery(ending, (int)answer.StatusCode, reason, delivered.Bytes, delivered.Bytes == 0 ? null : delivered.Digest(), usage)
        );
        if (!recorded)
        {
            reason = ReasonCode.OutcomeUnrecorded;
        }

        if (!started)
        {
            return new Refusal(reason, recorded ? detail : null);
        }

        if (
            !recorded
            || ending == Ending.Cancelled
            || !IsEventStream()
            || !await TrySayAsync(RefusalWriter.ErrorEvent(plan.Door, new Refusal(reason, detail), plan.Metadata))
        )
        {
            http.Abort();
        }

        return null;
    }

    /// <summary>False when the caller doesn't read: it can't hold what has ended, and the system behind with it.</summary>
    private async ValueTask<bool> TrySayAsync(byte[] last)
    {
        using var timeout = new CancellationTokenSource(ErrorEventTimeout);
        try
        {
            await http.Response.Body.WriteAsync(last, timeout.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}

/// <summary>An answer that can't be passed on.</summary>
internal sealed class AnswerException(ReasonCode reason, string? detail = null) : Exception(reason.ToString())
{
    public ReasonCode Reason { get; } = reason;

    /// <summary>One sentence for the caller where the reason's own text isn't enough; may be null.</summary>
    public string? Detail { get; } = detail;

    public static AnswerException Unmet() => new(ReasonCode.ObligationUnmet, "It was done, and its answer was withheld.");
}
