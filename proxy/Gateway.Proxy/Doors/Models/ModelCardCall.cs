using System.Text.Json;
using Gateway.Policy.Actions;
using Gateway.Policy.Compilation;
using Gateway.Policy.Model;
using Gateway.Proxy.FrontDoor;

namespace Gateway.Proxy.Doors.Models;

/// <summary>One model that an agent may call, in the door's own shape; a model that it may not call isn't there.</summary>
/// <param name="name">As it stands in the path, unchecked.</param>
/// <param name="write">Writes the model's members.</param>
internal sealed class ModelCardCall(IDoor door, ConnectorType type, string name, Action<Utf8JsonWriter, string> write)
    : ReadingCall(door, ModelListCall.Path + "/{model}")
{
    private const string Start = ModelListCall.Path + "/";

    /// <summary>The name in a path; null where the path is another's.</summary>
    public static string? NameIn(string path) => path.StartsWith(Start, StringComparison.Ordinal) ? path[Start.Length..] : null;

    public override ValueTask<Result<ReadingAnswer>> AnswerAsync(
        RequestEnvelope envelope,
        TenantSnapshot tenant,
        AgentDossier agent,
        CancellationToken cancellationToken
    )
    {
        var model = Uri.UnescapeDataString(name); // A slash in a name comes encoded from some clients.
        if (!tenant.TryFindModel(type, model, out var connector, out _) || !ModelListCall.MayCall(agent, connector!))
        {
            return new(ReasonCode.UnknownModel);
        }

        return new(ModelListCall.Write(json => write(json, model)));
    }
}
