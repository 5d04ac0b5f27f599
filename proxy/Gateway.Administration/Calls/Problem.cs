using System.Text.Json;
using System.Text.Json.Serialization;

namespace Gateway.Administration.Calls;

/// <summary>
/// Why a call of an operator's did nothing, as a problem document (RFC 9457). Complete in itself: what, where, and what to do. Of secrets,
/// paths and stacks it says nothing.
/// </summary>
/// <param name="Code">From a closed list; programs go by it.</param>
/// <param name="Field">Where in the request; null for the request as a whole.</param>
internal sealed record Problem(int Status, string Code, string Detail, string Remedy, string? Field = null) : IResult
{
    private const string MediaType = "application/problem+json";

    /// <summary>Whoever it is, and whatever is wrong with what they prove themselves with: one answer.</summary>
    public static Problem Unauthenticated { get; } =
        new(
            StatusCodes.Status401Unauthorized,
            "unauthenticated",
            "Nobody is proven by this request.",
            "Sign in at POST /admin/v1/sign-in, or send an operator's token as 'Authorization: Bearer gwo_…'."
        );

    public static Problem NotFound(string what) =>
        new(StatusCodes.Status404NotFound, "not_found", $"There is no {what}.", "Look it up in the list.");

    public static Problem Invalid(string? field, string detail, string remedy) =>
        new(StatusCodes.Status400BadRequest, "invalid_request", detail, remedy, field);

    public static Problem Conflict(string code, string detail, string remedy) => new(StatusCodes.Status409Conflict, code, detail, remedy);

    public static Problem Forbidden(string code, string detail, string remedy) => new(StatusCodes.Status403Forbidden, code, detail, remedy);

    /// <summary>What it rests on can't be reached: nothing happened.</summary>
    public static Problem Unavailable(string code, string detail) =>
        new(StatusCodes.Status503ServiceUnavailable, code, detail, "Try again when it can be reached; GET /readyz says what is missing.");

    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = Status;
        if (Status == StatusCodes.Status401Unauthorized)
        {
            httpContext.Response.Headers.WWWAuthenticate = "Bearer";
        }

        var body = new ProblemBody(Title(Status), Status, Detail, Code, Field, Remedy, httpContext.TraceIdentifier);
        return httpContext.Response.WriteAsJsonAsync(body, Json.Options, MediaType, httpContext.RequestAborted);
    }

    private static string Title(int status) => Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(status);
}

/// <summary>A problem as it is sent.</summary>
internal sealed record ProblemBody(string Title, int Status, string Detail, string Code, string? Field, string Remedy, string RequestId);

/// <summary>How bodies are read and written: <c>snake_case</c>, and nothing that isn't known.</summary>
internal static class Json
{
    public static JsonSerializerOptions Options { get; } = Set(new JsonSerializerOptions(JsonSerializerDefaults.Web));

    public static JsonSerializerOptions Set(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.PropertyNameCaseInsensitive = false;
        options.AllowDuplicateProperties = false;
        options.RespectNullableAnnotations = true;
        options.RespectRequiredConstructorParameters = true;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        return options;
    }
}
