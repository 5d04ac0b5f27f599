using Gateway.Connectors.Models;
using Gateway.Policy.Model;

namespace Gateway.Proxy.FrontDoor;

/// <summary>What a URL asks for, before anything is proven. Made by the table of doors.</summary>
/// <param name="Kind">Whether an operation is called, or what may be called is listed.</param>
/// <param name="Model">Model doors: the operation that the path names; null for anything else.</param>
/// <param name="Connector">Tool door: the connector's name as it stands in the path, unchecked. Empty for models.</param>
/// <param name="Rest">Tool door: the raw path behind the connector, with its slash; unchecked. A receipt: its id, unchecked.</param>
public readonly record struct DoorCall(Door Door, CallKind Kind, ModelOperation? Model, string Connector, string Rest);

public enum CallKind
{
    /// <summary>No door: the path is answered with 404.</summary>
    None = 0,
    Operation = 1,
    ListModels = 2,

    /// <summary>A receipt; its id is the rest.</summary>
    Receipt = 3,

    /// <summary>The signed head of the tenant's log.</summary>
    Checkpoint = 4,
}
