using Gateway.Connectors.Models;
using Gateway.Policy.Model;
using Gateway.Proxy.FrontDoor;

namespace Gateway.Proxy.Doors;

/// <summary>Which URL is which door. A path that isn't here is no door.</summary>
public static class DoorTable
{
    private const string Tools = "/tools/";
    private const string Models = "/v1/models";
    private const string Receipts = "/v1/receipts/";
    private const string Checkpoint = "/v1/checkpoint";

    /// <summary>The call that a request's raw path makes; none where there is no such door.</summary>
    /// <param name="path">As it came on the wire, without the query.</param>
    public static DoorCall Find(HttpRequest request, string path)
    {
        if (path.StartsWith(Tools, StringComparison.Ordinal))
        {
            var slash = path.IndexOf('/', Tools.Length);
            var connector = slash < 0 ? path[Tools.Length..] : path[Tools.Length..slash];
            return new DoorCall(Door.Tool, CallKind.Operation, Model: null, connector, slash < 0 ? "/" : path[slash..]);
        }

        if (path == Models && HttpMethods.IsGet(request.Method))
        {
            // Both dialects list models at one path; only Anthropic's clients say which version they speak.
            var door = request.Headers.ContainsKey("anthropic-version") ? Door.Anthropic : Door.OpenAi;
            return new DoorCall(door, CallKind.ListModels, Model: null, "", "");
        }

        if (HttpMethods.IsGet(request.Method) && (path == Checkpoint || path.StartsWith(Receipts, StringComparison.Ordinal)))
        {
            return path == Checkpoint
                ? new DoorCall(Door.None, CallKind.Checkpoint, Model: null, "", "")
                : new DoorCall(Door.None, CallKind.Receipt, Model: null, "", path[Receipts.Length..]);
        }

        return HttpMethods.IsPost(request.Method) && ModelOperations.FindByDoorPath(path) is { } operation
            ? new DoorCall(operation.Door, CallKind.Operation, operation, "", "")
            : default;
    }
}
