using System.Text.Json;
using Gateway.Connectors.Contracts;
using Gateway.Connectors.Stores;
using Gateway.Policy.Actions;
using Gateway.Policy.Compilation;
using Gateway.Policy.Model;
using Gateway.Proxy.FrontDoor;

namespace Gateway.Proxy.Doors.Approvals;

/// <summary>Where an agent asks what became of an approval that it waits for.</summary>
internal sealed class ApprovalDoor(ApprovalStore approvals, TimeProvider time) : ProblemDoor
{
    private const string Start = "/v1/agent/approvals/";

    public override Door Name => Door.None;

    public override DoorCall? Find(HttpRequest request, string path) =>
        HttpMethods.IsGet(request.Method) && path.StartsWith(Start, StringComparison.Ordinal)
            ? new ApprovalCall(this, approvals, time, path[Start.Length..])
            : null;
}

/// <summary>The agent's own approval. One that never was, another agent's and another tenant's are unknown alike.</summary>
/// <param name="id">As it stands in the path, unchecked.</param>
internal sealed class ApprovalCall(IDoor door, ApprovalStore approvals, TimeProvider time, string id)
    : ReadingCall(door, "/v1/agent/approvals/{id}")
{
    public override async ValueTask<Result<ReadingAnswer>> AnswerAsync(
        TenantSnapshot tenant,
        AgentDossier agent,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var found = await approvals.FindAsync(tenant.Tenant.Id, id, time.GetUtcNow(), cancellationToken);
            return found?.Agent == agent.Agent.Id.ToString() ? Answer(found) : ReasonCode.UnknownObject;
        }
        catch (DurableStoreException e)
        {
            return new Refusal(ReasonCode.DependencyUnavailable, Note: e.Message);
        }
    }

    private static ReadingAnswer Answer(ApprovalRecord found)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("id", found.Id);
            json.WriteString("state", found.State.ToString().ToLowerInvariant());
            json.WriteNumber("approved_by", found.Votes.Count(vote => vote.Approves));
            json.WriteNumber("needed", found.Needed);
            json.WriteString("expires_at", found.Ends.UtcDateTime);
            json.WriteString("decision_id", found.DecisionId);
            json.WriteEndObject();
        }

        return new ReadingAnswer("application/json", buffer.ToArray());
    }
}
