using System.Text;
using Gateway.Connectors.Contracts;
using Gateway.Connectors.Vaults;
using Gateway.Evidence.Log;
using Gateway.Evidence.Receipts;
using Gateway.Policy.Model;
using Gateway.Proxy.Configuration;

namespace Gateway.Proxy.Peers;

/// <summary>
/// Answers its peers from its own volume. Who may read what is judged here again, by this replica's own documents and the store: a peer
/// that is wrong, or isn't one, learns no more than its agent may.
/// </summary>
internal sealed class PeerAnswers(
    GatewayKeys keys,
    GovernanceState governance,
    IDurableStore store,
    ReceiptSource receipts,
    ProcessName name,
    TimeProvider time
)
{
    private readonly PeerSeal _seal = new(keys.DataEncryption);
    private readonly SeenQuestions _seen = new(time);

    /// <summary>The sealed answer; null for what isn't a new question of a peer's.</summary>
    public async Task<byte[]?> AnswerAsync(byte[] bytes, CancellationToken cancellationToken)
    {
        if (
            _seal.Open(bytes, out var opened) is not { } question
            || PeerQuestion.Read(opened) is not { } asked
            || !_seen.TryTake(question.Id, asked.At)
        )
        {
            return null;
        }

        return question.Answer((await AnswerAsync(asked, cancellationToken)).ToBytes());
    }

    private async Task<PeerAnswer> AnswerAsync(PeerQuestion asked, CancellationToken cancellationToken)
    {
        if (!receipts.Has(asked.Tenant, asked.Record.Log))
        {
            return new PeerAnswer(PeerVerdict.NotHere, default);
        }

        if (asked.Ask == PeerAsk.Holder)
        {
            return new PeerAnswer(PeerVerdict.Found, Encoding.ASCII.GetBytes(name.Id));
        }

        try
        {
            return
                await ScopeOfAsync(asked, cancellationToken) is { } scope
                && await receipts.FindAsync(asked.Tenant, asked.Record, scope, cancellationToken) is { } receipt
                ? new PeerAnswer(PeerVerdict.Found, receipt)
                : new PeerAnswer(PeerVerdict.Unknown, default);
        }
        catch (Exception e) when (e is JournalUnavailableException or DurableStoreException)
        {
            return new PeerAnswer(PeerVerdict.Unavailable, Encoding.UTF8.GetBytes(e.Message));
        }
    }

    /// <summary>What the agent may read; null for nothing.</summary>
    private async Task<ReceiptScope?> ScopeOfAsync(PeerQuestion asked, CancellationToken cancellationToken)
    {
        if (
            !Id<Agent>.TryParse(asked.Agent, out var id)
            || governance.Current.Find(asked.Tenant)?.Agents.GetValueOrDefault(id)?.Agent is not { Status: LifecycleStatus.Active } agent
            || await store.FindLifecycleAsync(asked.Tenant, id, cancellationToken) is not (null or LifecycleStatus.Active)
        )
        {
            return null;
        }

        return asked.All && agent.TenantReceipts ? ReceiptScope.Tenant : ReceiptScope.Of(id);
    }
}
