using Gateway.Proxy.FrontDoor;

namespace Gateway.Proxy.Doors.Models;

/// <summary>
/// A path that looks like a dialect's and is none: answered in the dialect's shape, so that its client shows what is said. The commonest
/// cause is a base URL that lacks the version, or has it or something else too much.
/// </summary>
internal static class LostPath
{
    private const string Version = "/v1";

    /// <summary>Null where the path doesn't look like the dialect's.</summary>
    /// <param name="known">The dialect's paths.</param>
    public static DoorCall? Find(IDoor door, HttpRequest request, string path, IEnumerable<string> known)
    {
        if (request.Headers.Upgrade.Count > 0)
        {
            return new DoorCall(door, "", "WebSockets (as of the realtime API) aren't spoken here: send a POST, with 'stream' for events.");
        }

        foreach (var one in known)
        {
            if (path == one[Version.Length..])
            {
                return new DoorCall(door, "", $"Did you mean {one}? The client's base URL lacks '{Version}' at its end.");
            }

            if (path == Version + one)
            {
                return new DoorCall(door, "", $"Did you mean {one}? The client's base URL has '{Version}' once too often.");
            }
        }

        foreach (var one in known)
        {
            if (path.EndsWith(one[Version.Length..], StringComparison.Ordinal))
            {
                return new DoorCall(
                    door,
                    "",
                    $"Did you mean {one}? The client's base URL has more than '{Version}' behind Gateway's address."
                );
            }
        }

        return path.StartsWith(Version + "/", StringComparison.Ordinal)
            ? new DoorCall(door, "", "This method and path are none of the API's that Gateway speaks. docs/http.md lists those.")
            : null;
    }
}
