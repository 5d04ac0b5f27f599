using System.Text;
using Gateway.Connectors.Contracts;
using Gateway.Connectors.Stores;
using Gateway.Evidence.Log;
using Gateway.Evidence.Receipts;
using Gateway.Evidence.Signing;
using Gateway.Policy.Model;

namespace Gateway.Proxy.Peers;

/// <summary>
/// Finds a tenant's receipts wherever they lie: on this volume, on that of the replica that the store names, in the archive. A log that
/// somebody is known to have is never answered as unknown because it can't be read now.
/// </summary>
internal sealed class TenantReceipts(PeersOptions options, ReceiptSource here, LogStore logs, PeerClient peers, LogKeys keys)
{
    /// <summary>Null where the tenant has no such record that the agent may read.</summary>
    /// <exception cref="JournalUnavailableException">It may have one, and where it lies can't be read.</exception>
    public async Task<byte[]?> FindAsync(Id<Tenant> tenant, ReceiptId id, Agent agent, CancellationToken cancellationToken)
    {
        var scope = agent.TenantReceipts ? ReceiptScope.Tenant : ReceiptScope.Of(agent.Id);
        if (!options.IsOn || here.Has(tenant, id.Log))
        {
            return await here.FindAsync(tenant, id, scope, cancellationToken);
        }

        if (await OwnerAsync(tenant, id, cancellationToken) is not { } owner)
        {
            return await here.FindAsync(tenant, id, scope, cancellationToken); // Nobody told of it: what is left is the archive.
        }

        string why;
        if (owner.Address == options.Address)
        {
            why = $"The log {id.Log} was lost with this replica's volume; its last known head is of {owner.Size} records.";
        }
        else
        {
            var (answered, receipt, problem) = await AskAsync(owner, tenant, id, agent, scope, cancellationToken);
            if (answered)
            {
                return receipt;
            }

            why = problem;
        }

        return await ArchivedAsync(tenant, id, scope, cancellationToken)
            ?? throw new JournalUnavailableException($"The receipt {id} can't be had now. {why}");
    }

    private async Task<(bool Answered, byte[]? Receipt, string Problem)> AskAsync(
        ClaimedLog owner,
        Id<Tenant> tenant,
        ReceiptId id,
        Agent agent,
        ReceiptScope scope,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var (verdict, content) = await peers.FindAsync(owner.Address, tenant, id, agent.Id, agent.TenantReceipts, cancellationToken);
            return verdict switch
            {
                PeerVerdict.Unknown => (true, null, ""),
                PeerVerdict.Found when ForeignReceipt.Check(content.Span, id, scope, keys.Public) is not { } wrong => (
                    true,
                    content.ToArray(),
                    ""
                ),
                PeerVerdict.Found => (false, null, $"The replica at {owner.Address} gave one that proves nothing: verify its journal."),
                PeerVerdict.NotHere => (false, null, $"The log {id.Log} isn't on the volume of the replica at {owner.Address} any more."),
                _ => (false, null, $"The replica at {owner.Address} can't read it: {Encoding.UTF8.GetString(content.Span)}"),
            };
        }
        catch (PeerAwayException e)
        {
            return (false, null, e.Message);
        }
    }

    private async Task<ClaimedLog?> OwnerAsync(Id<Tenant> tenant, ReceiptId id, CancellationToken cancellationToken)
    {
        try
        {
            return await logs.FindAsync(tenant, id.Log.ToString(), cancellationToken);
        }
        catch (DurableStoreException e)
        {
            throw new JournalUnavailableException($"Whose volume the log {id.Log} lies on can't be asked: {e.Message}", e);
        }
    }

    /// <summary>Null where it isn't there, or there can't be read: the owner's absence is what is said then.</summary>
    private async Task<byte[]?> ArchivedAsync(Id<Tenant> tenant, ReceiptId id, ReceiptScope scope, CancellationToken cancellationToken)
    {
        try
        {
            return await here.FindAsync(tenant, id, scope, cancellationToken);
        }
        catch (JournalUnavailableException)
        {
            return null;
        }
    }
}
