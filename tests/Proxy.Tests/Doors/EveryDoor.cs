using Gateway.Connectors.Models;
using Gateway.Connectors.Stores;
using Gateway.Connectors.Vaults;
using Gateway.Policy.Model;
using Gateway.Proxy.Doors;
using Gateway.Proxy.Doors.Anthropic;
using Gateway.Proxy.Doors.Models;
using Gateway.Proxy.Doors.OpenAi;
using Gateway.Proxy.Doors.Tools;
using Gateway.Proxy.FrontDoor;
using Gateway.Proxy.Intents;
using Microsoft.AspNetCore.Http;

namespace Gateway.Proxy.Tests.Doors;

/// <summary>The shipped doors that actions come in at, without a host.</summary>
internal static class EveryDoor
{
    private static readonly OwnedIds Ids = new(
        new KeyRing(KeyPurpose.BearerPepper, [new NamedKey("k1", new byte[NamedKey.Length])]),
        TimeProvider.System
    );

    // No call of these tests writes anything down.
    private static readonly OwnedObjects Objects = new(new SqliteStore(Path.Combine(Path.GetTempPath(), "none")));

    private static readonly IDoor[] Doors =
    [
        new AnthropicDoor(new IntentsOptions(), Ids, Objects),
        new OpenAiDoor(new IntentsOptions(), Ids, Objects),
        new ToolDoor(),
    ];

    public static DoorTable Table { get; } = new(Doors);

    /// <summary>A model call in OpenAI's dialect.</summary>
    public static DoorCall Chat
    {
        get
        {
            var http = new DefaultHttpContext();
            http.Request.Method = HttpMethods.Post;
            return Table.Find(http.Request, "/v1/chat/completions");
        }
    }

    public static IDoor Of(Door name) => Doors.Single(door => door.Name == name);

    /// <summary>What refusals say but for their ids, each of which is another.</summary>
    public static string WithoutRefusalIds(string text) =>
        System.Text.RegularExpressions.Regex.Replace(text, RefusalIds.Start + "[A-Za-z0-9_-]+", RefusalIds.Start);
}
