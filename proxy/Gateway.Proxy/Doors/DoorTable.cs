using Gateway.Connectors.Mcp.Handles;
using Gateway.Connectors.Models;
using Gateway.Connectors.Vaults;
using Gateway.Policy.Model;
using Gateway.Proxy.Doors.Anthropic;
using Gateway.Proxy.Doors.Approvals;
using Gateway.Proxy.Doors.Mcp;
using Gateway.Proxy.Doors.Models;
using Gateway.Proxy.Doors.OpenAi;
using Gateway.Proxy.Doors.Receipts;
using Gateway.Proxy.Doors.Tools;
using Gateway.Proxy.FrontDoor;

namespace Gateway.Proxy.Doors;

/// <summary>Which URL is which door. A path that is no door's is refused.</summary>
public sealed class DoorTable(IEnumerable<IDoor> doors)
{
    private readonly IDoor[] _doors = [.. doors];
    private readonly DoorCall _none = new(new NoDoor(), "");

    /// <summary>
    /// Every door, in the order of being asked. The list of models is both dialects', so the one that looks closer comes first.
    /// </summary>
    internal static IServiceCollection Add(IServiceCollection services) =>
        services
            .AddSingleton(provider => new OwnedIds(
                provider.GetRequiredService<GatewayKeys>().BearerPepper,
                provider.GetRequiredService<TimeProvider>()
            ))
            .AddSingleton<OwnedObjects>()
            .AddSingleton<IDoor, AnthropicDoor>()
            .AddSingleton<IDoor, OpenAiDoor>()
            .AddSingleton<IDoor, ToolDoor>()
            .AddSingleton(provider => new SealedHandles(provider.GetRequiredService<GatewayKeys>().BearerPepper))
            .AddSingleton<McpDefinitions>()
            .AddSingleton<McpServices>()
            .AddSingleton<IDoor, McpDoor>()
            .AddSingleton<IDoor, ReceiptDoor>()
            .AddSingleton<IDoor, ApprovalDoor>()
            .AddSingleton<DoorTable>();

    /// <summary>The call that a request's raw path makes.</summary>
    /// <param name="path">As it came on the wire, without the query.</param>
    public DoorCall Find(HttpRequest request, string path)
    {
        foreach (var door in _doors)
        {
            if (door.Find(request, path) is { } call)
            {
                return call;
            }
        }

        return FindLost(request, path);
    }

    /// <summary>Where a path leads that is no door's, but looks like one's.</summary>
    private DoorCall FindLost(HttpRequest request, string path)
    {
        foreach (var door in _doors)
        {
            if (door.FindLost(request, path) is { } call)
            {
                return call;
            }
        }

        return _none;
    }

    /// <summary>Where a path leads that is no door's.</summary>
    private sealed class NoDoor : ProblemDoor
    {
        public override Door Name => Door.None;

        public override DoorCall? Find(HttpRequest request, string path) => null;
    }
}
