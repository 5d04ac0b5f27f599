using System.Globalization;
using System.Text.Json;
using Gateway.Policy.Model;
using Gateway.Proxy.FrontDoor;

namespace Gateway.Proxy.Responses;

/// <summary>Answers a refusal: status and headers, and a body in the door's own shape.</summary>
public static class RefusalWriter
{
    private static readonly JsonWriterOptions Options = new()
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <param name="decision">Null before there is one.</param>
    public static async Task WriteAsync(HttpContext http, IDoor door, Refusal refusal, Decision? decision, ResponseMetadata metadata)
    {
        var response = http.Response;
        metadata.Reason = refusal.Reason;
        if (response.HasStarted)
        {
            http.Abort(); // Too late to say it: a cut must not look like an end.
            return;
        }

        var reason = Reasons.Of(refusal.Reason);
        response.Clear();
        response.StatusCode = door.StatusOf(reason.Status);
        response.ContentType = door.RefusalType;
        response.Headers.CacheControl = "no-store";
        WriteRetry(response.Headers, refusal, reason.Status);
        if (
            refusal.Reason == ReasonCode.AmbiguousRequest
            && (HttpProtocol.IsHttp11(http.Request.Protocol) || HttpProtocol.IsHttp10(http.Request.Protocol))
        )
        {
            // What comes next on the connection may be part of what was refused (RFC 9112, section 6.1).
            response.Headers.Connection = "close";
        }

        metadata.WriteTo(response.Headers);
        // Under the names by which the official clients show it.
        var action = metadata.Refused;
        response.Headers["x-request-id"] = response.Headers["request-id"] = action.Id;

        using var body = new MemoryStream();
        Write(body, door, new RefusalText(refusal, decision, action));
        response.ContentLength = body.Length;
        await response.Body.WriteAsync(body.GetBuffer().AsMemory(0, (int)body.Length), CancellationToken.None);
    }

    /// <summary>A refusal during a stream: the door's own error event.</summary>
    public static byte[] ErrorEvent(IDoor door, Refusal refusal, ResponseMetadata metadata)
    {
        using var buffer = new MemoryStream();
        buffer.Write(door.ErrorEventStart);
        Write(buffer, door, new RefusalText(refusal, decision: null, metadata.Refused));
        buffer.Write("\n\n"u8);
        return buffer.ToArray();
    }

    internal static void Write(Stream to, IDoor door, in RefusalText refusal)
    {
        using var json = new Utf8JsonWriter(to, Options);
        json.WriteStartObject();
        door.WriteRefusal(json, refusal);
        json.WriteEndObject();
    }

    private static void WriteRetry(IHeaderDictionary headers, Refusal refusal, int status)
    {
        if (refusal.RetrySeconds is { } wait)
        {
            headers.RetryAfter = wait.ToString(CultureInfo.InvariantCulture);
        }

        if (refusal.Limit is { } limit)
        {
            headers["RateLimit-Policy"] = string.Create(
                CultureInfo.InvariantCulture,
                $"\"{limit.Name}\";q={limit.Quota};w={(long)limit.Window.TotalSeconds}"
            );
            headers["RateLimit"] = string.Create(
                CultureInfo.InvariantCulture,
                $"\"{limit.Name}\";r=0;t={refusal.RetrySeconds ?? (long)limit.Window.TotalSeconds}"
            );
        }

        if (status == StatusCodes.Status401Unauthorized)
        {
            headers.WWWAuthenticate = "Bearer realm=\"gateway\"";
        }

        // The official clients obey this and don't send the same thing three more times.
        if (
            !(status is 408 or 429 or 503 or 504)
            || refusal is { Reason: ReasonCode.OutcomeUnrecorded } or { Reason: ReasonCode.BudgetExhausted, RetryAfter: null }
        )
        {
            headers["x-should-retry"] = "false";
        }
    }
}
