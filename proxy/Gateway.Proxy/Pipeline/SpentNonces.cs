using Gateway.Policy.Model;
using Gateway.Proxy.Admission;
using Gateway.Proxy.Identity;

namespace Gateway.Proxy.Pipeline;

/// <summary>
/// Uses up the nonce of a signed request that is refused before admission, which does so for all others. Or the same signature could be
/// sent again until it expires, and pass once a document, a permission or a clock has changed: by whoever has a copy of it, too.
/// </summary>
public sealed class SpentNonces(AdmissionStage admission, Settlements settlements)
{
    /// <summary>What to answer: the refusal, or that the nonce was used before. Costs one round trip to the shared state.</summary>
    public async ValueTask<Refusal> RefuseAsync(string requestId, VerifiedAgent agent, Refusal refusal)
    {
        if (agent.Nonce is null || refusal.BodyUnproven)
        {
            return refusal;
        }

        // Not ended by the caller's leaving: that would be a way to keep it.
        if ((await admission.SpendAsync(requestId, agent, CancellationToken.None)).TryGet(out var admitted, out var why))
        {
            settlements.Settle(admitted, tokensUsed: null);
            return refusal;
        }

        return why.Reason == ReasonCode.ReplayedNonce ? why : refusal;
    }
}
