using Gateway.Connectors.Contracts;
using Gateway.Connectors.Stores;
using Gateway.Policy.Actions;
using Gateway.Policy.Compilation;
using Gateway.Policy.Model;
using Gateway.Proxy.FrontDoor;

namespace Gateway.Proxy.Doors.Approvals;

/// <summary>The agent no longer wants what it asked for. Of one that ended before, it learns how.</summary>
/// <param name="id">As it stands in the path, unchecked.</param>
internal sealed class ApprovalCancelCall(IDoor door, ApprovalStore approvals, TimeProvider time, string id)
    : ReadingCall(door, ApprovalDoor.Route)
{
    public override async ValueTask<Result<ReadingAnswer>> AnswerAsync(
        RequestEnvelope envelope,
        TenantSnapshot tenant,
        AgentDossier agent,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var own = agent.Agent.Id.ToString();
            await approvals.CancelAsync(tenant.Tenant.Id, id, own, time.GetUtcNow(), cancellationToken);
            var found = await approvals.FindAsync(tenant.Tenant.Id, id, time.GetUtcNow(), cancellationToken);
            return found?.Agent != own ? ReasonCode.UnknownObject
                : found.State == ApprovalState.Consumed ? ReasonCode.ApprovalAlreadyUsed
                : ApprovalStatus.Answer(found);
        }
        catch (DurableStoreException e)
        {
            return new Refusal(ReasonCode.DependencyUnavailable, Note: e.Message);
        }
    }
}
