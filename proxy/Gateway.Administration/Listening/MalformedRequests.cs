using System.Text.Json;
using Gateway.Administration.Calls;

namespace Gateway.Administration.Listening;

/// <summary>Why the framework doesn't take a request, as a problem document.</summary>
internal static class MalformedRequests
{
    private const string Where = "GET /admin/v1/openapi.json says what each operation takes.";

    public static Problem Of(BadHttpRequestException e) =>
        e.InnerException is JsonException json
            ? Problem.Invalid(json.Path, "The body isn't what the operation takes.", Where)
            : Of(e.StatusCode);

    public static Problem Of(int status) =>
        status switch
        {
            StatusCodes.Status405MethodNotAllowed => new(
                status,
                "method_not_allowed",
                "There is no such operation at this path.",
                "'Allow' says by which methods there is one."
            ),
            StatusCodes.Status413PayloadTooLarge => new(
                status,
                "request_too_large",
                "The body is larger than 64 KiB.",
                "No operation needs more. " + Where
            ),
            StatusCodes.Status415UnsupportedMediaType => new(
                status,
                "unsupported_media_type",
                "The body isn't JSON.",
                "Send one JSON object as 'application/json'."
            ),
            _ => new(status, "invalid_request", "The request isn't what the operation takes.", "Send one JSON object. " + Where),
        };
}
