using Gateway.Evidence.Log;
using Gateway.Evidence.Receipts;
using Gateway.Policy.Actions;
using Gateway.Policy.Compilation;
using Gateway.Policy.Model;
using Gateway.Proxy.Evidence;
using Gateway.Proxy.FrontDoor;
using Gateway.Proxy.Peers;

namespace Gateway.Proxy.Doors.Receipts;

/// <summary>What a tenant may read of its own journal: receipts, and the signed head of this instance's log.</summary>
internal sealed class ReceiptDoor : ProblemDoor
{
    private const string Start = "/v1/receipts/";
    private const string Checkpoint = "/v1/checkpoint";

    private readonly TenantReceipts _receipts;
    private readonly CheckpointCall _checkpoint;

    public ReceiptDoor(TenantReceipts receipts, TenantJournals journals)
    {
        _receipts = receipts;
        _checkpoint = new CheckpointCall(this, journals, Checkpoint);
    }

    public override Door Name => Door.None;

    public override DoorCall? Find(HttpRequest request, string path) =>
        !HttpMethods.IsGet(request.Method) ? null
        : path == Checkpoint ? _checkpoint
        : path.StartsWith(Start, StringComparison.Ordinal) ? new ReceiptCall(this, _receipts, path[Start.Length..])
        : null;
}

/// <summary>
/// The receipt of a record of the agent's own, or of its tenant's where its document says so. One that never was, one that was removed,
/// another agent's and another tenant's are unknown alike.
/// </summary>
/// <param name="id">As it stands in the path, unchecked.</param>
internal sealed class ReceiptCall(IDoor door, TenantReceipts receipts, string id) : ReadingCall(door, "/v1/receipts/{id}")
{
    public string Id => id;

    public override async ValueTask<Result<ReadingAnswer>> AnswerAsync(
        RequestEnvelope envelope,
        TenantSnapshot tenant,
        AgentDossier agent,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var receipt = ReceiptId.TryParse(id, out var parsed)
                ? await receipts.FindAsync(tenant.Tenant.Id, parsed, agent.Agent, cancellationToken)
                : null;
            return receipt is null ? ReasonCode.UnknownReceipt : new ReadingAnswer("application/json", receipt);
        }
        catch (JournalUnavailableException e)
        {
            return new Refusal(ReasonCode.DependencyUnavailable, Note: e.Message);
        }
    }
}

/// <summary>The last checkpoint of the log that this instance writes for the tenant.</summary>
internal sealed class CheckpointCall(IDoor door, TenantJournals journals, string path) : ReadingCall(door, path)
{
    public override ValueTask<Result<ReadingAnswer>> AnswerAsync(
        RequestEnvelope envelope,
        TenantSnapshot tenant,
        AgentDossier agent,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var note = journals.Find(tenant.Tenant.Id) is { } log ? ReceiptSource.ReadCheckpoint(log) : null;
            return note is null ? new(ReasonCode.UnknownReceipt) : new(new ReadingAnswer("text/plain; charset=utf-8", note));
        }
        catch (JournalUnavailableException e)
        {
            return new(new Refusal(ReasonCode.DependencyUnavailable, Note: e.Message));
        }
    }
}
