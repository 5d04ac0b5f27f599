using System.Text.Json;
using Gateway.Policy.Actions;
using Gateway.Policy.Compilation;
using Gateway.Policy.Model;
using Gateway.Proxy.FrontDoor;

namespace Gateway.Proxy.Doors.Models;

/// <summary>Lists the models that documents name and one agent may call. Nothing is asked of a provider.</summary>
/// <param name="write">Writes the list's members.</param>
internal sealed class NamedModelsCall(IDoor door, ConnectorType type, Action<Utf8JsonWriter, IReadOnlyList<string>> write)
    : ReadingCall(door, ModelListCall.Path)
{
    public override ValueTask<Result<ReadingAnswer>> AnswerAsync(
        RequestEnvelope envelope,
        TenantSnapshot tenant,
        AgentDossier agent,
        CancellationToken cancellationToken
    ) => new(ModelListCall.Write(json => write(json, Offered(type, tenant, agent))));

    /// <summary>The names that the dialect's connectors offer for operations that the agent is granted, each once, in order.</summary>
    public static string[] Offered(ConnectorType type, TenantSnapshot tenant, AgentDossier dossier) =>
        [
            .. tenant
                .ModelConnectors.Where(connector => connector.Type == type && ModelListCall.MayCall(dossier, connector))
                .SelectMany(c => c.Models)
                .SelectMany(m => m.Names)
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal),
        ];
}
