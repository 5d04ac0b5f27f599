using System.Text.Json;
using Gateway.Policy.Actions;
using Gateway.Policy.Compilation;
using Gateway.Policy.Model;
using Gateway.Proxy.FrontDoor;

namespace Gateway.Proxy.Doors.Models;

/// <summary>Lists the models that one agent may call, in the door's own shape. Nothing is asked of a provider.</summary>
/// <param name="write">Writes the list's members.</param>
internal sealed class ModelListCall(IDoor door, ConnectorType type, Action<Utf8JsonWriter, IReadOnlyList<string>> write)
    : ReadingCall(door, Path)
{
    /// <summary>Both dialects list models at one path.</summary>
    public const string Path = "/v1/models";

    public override ValueTask<Result<ReadingAnswer>> AnswerAsync(
        TenantSnapshot tenant,
        AgentDossier agent,
        CancellationToken cancellationToken
    )
    {
        return new(Write(json => write(json, Offered(tenant, agent))));
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

    /// <summary>The names that the dialect's connectors offer for operations that the agent is granted, each once, in order.</summary>
    private string[] Offered(TenantSnapshot tenant, AgentDossier dossier) =>
        [
            .. tenant
                .ModelConnectors.Where(connector => connector.Type == type && MayCall(dossier, connector))
                .SelectMany(c => c.Models)
                .SelectMany(m => m.Names)
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal),
        ];
}
