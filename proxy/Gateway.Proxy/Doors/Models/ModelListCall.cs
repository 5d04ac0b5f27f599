using System.Text.Json;
using Gateway.Connectors.Contracts;
using Gateway.Connectors.Models;
using Gateway.Policy.Actions;
using Gateway.Policy.Compilation;
using Gateway.Policy.Model;
using Gateway.Proxy.FrontDoor;

namespace Gateway.Proxy.Doors.Models;

/// <summary>
/// Lists the models that one agent may call, in the door's own shape: those that documents name. Where a document offers whatever fits, its
/// provider is asked what there is, as an action like any other. One call only.
/// </summary>
/// <param name="write">Writes the list's members.</param>
internal sealed class ModelListCall(IDoor door, ConnectorType type, Action<Utf8JsonWriter, IReadOnlyList<string>> write)
    : ActionCall(door, Path)
{
    /// <summary>Both dialects list models at one path.</summary>
    public const string Path = "/v1/models";

    private static readonly Id<Operation> Operation = Id<Operation>.Parse("list_models");

    private IReadOnlyList<string> _named = [];

    /// <summary>Where no provider has to be asked.</summary>
    public override ReadingCall? ReadingFor(TenantSnapshot? tenant, Id<Agent> agent) =>
        tenant is null || !tenant.Agents.TryGetValue(agent, out var dossier) || AskedIn(tenant, dossier) is null
            ? new NamedModelsCall(Door, type, write)
            : null;

    /// <summary>A query goes nowhere: the list is one page.</summary>
    public override Result<CallTarget> Locate(RequestEnvelope envelope, TenantSnapshot tenant) => CallTarget.Bodiless;

    public override Result<CalledOperation> Read(
        CallTarget target,
        RequestEnvelope envelope,
        TenantSnapshot tenant,
        Id<Agent> agent,
        ReadOnlyMemory<byte> body
    )
    {
        if (!tenant.Agents.TryGetValue(agent, out var dossier) || AskedIn(tenant, dossier) is not var (connector, operation))
        {
            return ReasonCode.UnknownOperation;
        }

        _named = NamedModelsCall.Offered(type, tenant, dossier);
        var path =
            CalledOperation.Join(connector.BaseAddress, operation.Path.Text) + (type == ConnectorType.Anthropic ? "?limit=1000" : "");
        return new CalledOperation(connector, operation, path, default, BodyReading.Empty);
    }

    public override IResponseReader AnswerReader(BodyReading reading) => new UnchargedAnswerReader();

    /// <summary>What the provider lists, cut to what the connector offers, beside what documents name.</summary>
    public override Func<int, ReadOnlyMemory<byte>, ValueTask<Result<AnswerBody>>> KeeperOf(Intent intent, Connector connector) =>
        (status, body) => new(status is >= 200 and <= 299 ? Cut(connector, body) : new AnswerBody(body));

    private Result<AnswerBody> Cut(Connector connector, ReadOnlyMemory<byte> body)
    {
        try
        {
            using var answer = JsonDocument.Parse(body);
            var listed = answer.RootElement.GetProperty("data").EnumerateArray().Select(model => model.GetProperty("id").GetString() ?? "");
            var offered = listed.Where(name => connector.Models.Any(model => model.Names.Count == 0 && model.Fits(name)));
            string[] all = [.. offered.Union(_named, StringComparer.Ordinal).Order(StringComparer.Ordinal)];
            return new AnswerBody(Write(json => write(json, all)).Content);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return new Refusal(ReasonCode.UpstreamFailed, "The provider's list of models can't be read.");
        }
    }

    /// <summary>The first connector with a match that names nothing, where the agent may ask for the list; null for none.</summary>
    private (Connector Connector, Operation Operation)? AskedIn(TenantSnapshot tenant, AgentDossier dossier)
    {
        foreach (var connector in tenant.ModelConnectors)
        {
            if (
                connector.Type == type
                && connector.Models.Any(model => model.Names.Count == 0)
                && dossier.Permissions.ContainsKey((connector.Id, Operation))
                && connector.Operations.FirstOrDefault(candidate => candidate.Id == Operation) is { } operation
            )
            {
                return (connector, operation);
            }
        }

        return null;
    }

    /// <summary>Whether the agent is granted any operation that is called with a model.</summary>
    public static bool MayCall(AgentDossier agent, Connector connector) =>
        connector.Operations.Any(o => o.Methods.Count > 0 && agent.Permissions.ContainsKey((connector.Id, o.Id)));

    /// <summary>One JSON object with these members.</summary>
    public static ReadingAnswer Write(Action<Utf8JsonWriter> members)
    {
        var body = new MemoryStream();
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }

        return new ReadingAnswer("application/json", body.GetBuffer().AsMemory(0, (int)body.Length));
    }
}
