using Gateway.Evidence.Journal;
using Gateway.Evidence.Receipts;
using Gateway.Policy.Model;

namespace Gateway.Proxy.Evidence;

/// <summary>What a tenant may read of its own journal: receipts, and the signed head of this instance's log.</summary>
public sealed class EvidenceReading(ReceiptSource receipts, TenantJournals journals)
{
    /// <summary>
    /// The receipt of a record of the tenant's. One that never was, one that was removed and one of another tenant's are unknown alike.
    /// </summary>
    /// <param name="id">As it stands in the path.</param>
    public async ValueTask<Result<EvidenceAnswer>> ReceiptAsync(Id<Tenant> tenant, string id, CancellationToken cancellationToken)
    {
        try
        {
            var receipt = ReceiptId.TryParse(id, out var parsed) ? await receipts.FindAsync(tenant, parsed, cancellationToken) : null;
            return receipt is null ? ReasonCode.UnknownReceipt : new EvidenceAnswer("application/json", receipt);
        }
        catch (JournalUnavailableException e)
        {
            return new Refusal(ReasonCode.DependencyUnavailable, Note: e.Message);
        }
    }

    /// <summary>The last checkpoint of the log that this instance writes for the tenant.</summary>
    public Result<EvidenceAnswer> Checkpoint(Id<Tenant> tenant)
    {
        try
        {
            var note = journals.Find(tenant) is { } log ? ReceiptSource.Checkpoint(log) : null;
            return note is null ? ReasonCode.UnknownReceipt : new EvidenceAnswer("text/plain; charset=utf-8", note);
        }
        catch (JournalUnavailableException e)
        {
            return new Refusal(ReasonCode.DependencyUnavailable, Note: e.Message);
        }
    }
}

/// <summary>A part of the journal on its way to a caller.</summary>
public sealed record EvidenceAnswer(string ContentType, byte[] Content);
