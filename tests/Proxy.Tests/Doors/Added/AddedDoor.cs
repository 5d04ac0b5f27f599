using System.Text.Json;
using Gateway.Connectors.Contracts;
using Gateway.Policy.Actions;
using Gateway.Policy.Compilation;
using Gateway.Policy.Model;
using Gateway.Proxy.FrontDoor;
using Gateway.Proxy.Intents;
using Microsoft.AspNetCore.Http;

namespace Gateway.Proxy.Tests.Doors.Added;

/// <summary>
/// A door that isn't shipped, with everything that a door has: paths, a reader, a list, a shape of refusals, an error event, an answer as
/// if. All of it is in this folder.
/// </summary>
internal sealed class AddedDoor : IDoor
{
    private const string Start = "/added/";

    private readonly AddedList _list;

    public AddedDoor() => _list = new AddedList(this);

    /// <summary>Its actions are recorded as those of the tool door: a name of its own is one value in the model.</summary>
    public Door Name => Door.Tool;

    public string RefusalType => "application/x-added+json";

    public ReadOnlySpan<byte> ErrorEventStart => "event: added\ndata: "u8;

    public DoorCall? Find(HttpRequest request, string path) =>
        path == Start ? _list
        : path.StartsWith(Start, StringComparison.Ordinal) && HttpMethods.IsPost(request.Method) ? new AddedCall(this, path[Start.Length..])
        : null;

    public void WriteRefusal(Utf8JsonWriter json, in RefusalText refusal)
    {
        json.WriteString("added_refusal", refusal.Message);
        refusal.WriteDetail(json);
    }

    public bool CanAnswerAsIf(Intent intent, bool stream) => true;

    public void WriteDryRun(Utf8JsonWriter json, Intent intent, string id) => json.WriteString("added_dry_run", id);
}

/// <summary>Posts a body to a connector's <c>/added</c>.</summary>
internal sealed class AddedCall(IDoor door, string connector) : ActionCall(door, "/added/{connector}")
{
    public override Result<CallTarget> Locate(RequestEnvelope envelope, TenantSnapshot tenant)
    {
        if (!Id<Connector>.TryParse(connector, out var id) || !tenant.Connectors.TryGetValue(id, out var found))
        {
            return ReasonCode.UnknownConnector;
        }

        return OperationMatch.Find(found, envelope.Http.Request.Method, "/added") is { } operation
            ? new CallTarget(operation.RequestBytes, found, operation, CalledOperation.Join(found.BaseAddress, "/added"))
            : ReasonCode.UnknownOperation;
    }

    public override Result<CalledOperation> Read(
        CallTarget target,
        RequestEnvelope envelope,
        TenantSnapshot tenant,
        Id<Agent> agent,
        ReadOnlyMemory<byte> body
    ) => new CalledOperation(target.Connector!, target.Operation!, target.PathAndQuery, body, BodyReading.Empty);
}

/// <summary>Lists the tenant's connectors.</summary>
internal sealed class AddedList(IDoor door) : ReadingCall(door, "/added")
{
    public override ValueTask<Result<ReadingAnswer>> AnswerAsync(
        RequestEnvelope envelope,
        TenantSnapshot tenant,
        AgentDossier agent,
        CancellationToken cancellationToken
    ) =>
        new(new ReadingAnswer("application/json", JsonSerializer.SerializeToUtf8Bytes(tenant.Connectors.Keys.Select(id => id.ToString()))));
}
