using Gateway.Connectors.Stores;
using Gateway.Policy.Model;
using Gateway.Proxy.Approvals;
using Gateway.Proxy.FrontDoor;

namespace Gateway.Proxy.Doors.Approvals;

/// <summary>Where an agent asks what became of an approval that it waits for, and where it takes it back.</summary>
internal sealed class ApprovalDoor(ApprovalStore approvals, ApprovalWaits waits, ApprovalOptions options, TimeProvider time) : ProblemDoor
{
    public const string Route = "/v1/agent/approvals/{id}";

    private const string Start = "/v1/agent/approvals/";

    public override Door Name => Door.None;

    public override DoorCall? Find(HttpRequest request, string path) =>
        !path.StartsWith(Start, StringComparison.Ordinal) ? null
        : HttpMethods.IsGet(request.Method) ? new ApprovalCall(this, approvals, waits, options, time, path[Start.Length..])
        : HttpMethods.IsDelete(request.Method) ? new ApprovalCancelCall(this, approvals, time, path[Start.Length..])
        : null;
}
