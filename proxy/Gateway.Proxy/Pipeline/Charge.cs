using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;
using Gateway.Proxy.Obligations;
using Gateway.Proxy.Responses;

namespace Gateway.Proxy.Pipeline;

/// <summary>What an action that may have been sent is charged in the end.</summary>
internal static class Charge
{
    /// <summary>
    /// Tokens (of a tool, that it was sent); null where nothing was sent. What the provider counted in the end, unless plainly more came.
    /// Where it didn't say: its own count of the input or ours, and of the output all that could come of the call, but where all that was
    /// used of it shows: then what came, at most.
    /// </summary>
    /// <param name="answer">Null where nobody read the answer.</param>
    /// <param name="mayHaveArrived">Whether any of the body may have left.</param>
    public static long? Of(Grant grant, Delivery delivery, IResponseReader? answer, bool mayHaveArrived)
    {
        if (delivery.Ending == Ending.DryRun)
        {
            return null;
        }

        var request = grant.Judgement.Read;
        if (request.Offer is not { } offer)
        {
            // No tokens: it was sent, so what it does counts whole, whatever the answer said. A read variant in its place does nothing of
            // it.
            return grant.Operation.Id == request.Operation.Id ? 1 : 0;
        }

        return mayHaveArrived ? Tokens(grant.Reading, offer.MaxTokens, delivery, answer?.Usage ?? default, answer?.Seen ?? default) : 0;
    }

    /// <param name="offered">The most output tokens of one answer where the body doesn't say.</param>
    internal static long Tokens(BodyReading asked, long offered, in Delivery delivery, TokenUsage usage, OutputSeen seen)
    {
        var input = usage.Input ?? asked.InputTokens;
        if (seen.IsCounted && (usage.Output ?? 0) >= seen.Least)
        {
            return input + (usage.Output ?? 0);
        }

        if (IsRefused(delivery.Status))
        {
            return usage.Total;
        }

        var most = asked.MostOutput(offered);
        var isItsOwn = delivery.Status is >= 200 and < 300; // And not what somebody on the way made up.
        var came = isItsOwn && seen.ShowsAll && IsReadToItsEnding(delivery) ? Math.Min(seen.Most, most) : most;
        return input + Math.Max(came, Math.Max(usage.Output ?? 0, seen.Least));
    }

    /// <summary>
    /// Whether the system did nothing of it. Not where somebody on the way gave up waiting (408, 499, 502, 504, and 520 to 527, which one
    /// content network has for it): what stands behind may go on and be paid for.
    /// </summary>
    private static bool IsRefused(int status) => status is >= 300 and not (408 or 499 or 502 or 504 or (>= 520 and <= 527));

    /// <summary>Whether all that came was read. What we refused may have gone unread.</summary>
    private static bool IsReadToItsEnding(in Delivery delivery) =>
        delivery.Ending is Ending.Completed or Ending.Cancelled
        || delivery.Error is ReasonCode.UpstreamFailed or ReasonCode.UpstreamTimeout or ReasonCode.Killed or ReasonCode.Interrupted;
}
