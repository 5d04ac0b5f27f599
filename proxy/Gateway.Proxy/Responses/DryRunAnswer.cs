using System.Text.Json;
using Gateway.Policy.Model;
using Gateway.Proxy.FrontDoor;

namespace Gateway.Proxy.Responses;

/// <summary>
/// Answers as if, where nothing was sent: in the shape that the caller expects, empty of content, and saying so.
/// </summary>
public static class DryRunAnswer
{
    public static async Task WriteAsync(HttpContext http, IDoor door, Intent intent, ResponseMetadata metadata)
    {
        using var body = new MemoryStream();
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            door.WriteDryRun(json, intent, $"dry-run-{metadata.DecisionId}");
            door.WriteDryRunDetail(json, intent);
            json.WriteEndObject();
        }

        http.Response.StatusCode = StatusCodes.Status200OK;
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = body.Length;
        metadata.WriteTo(http.Response.Headers);
        await http.Response.Body.WriteAsync(body.GetBuffer().AsMemory(0, (int)body.Length), http.RequestAborted);
    }
}
