using System.Text.Json;
using Gateway.Cli.Results;

namespace Gateway.Cli.Remote;

/// <summary>What a listener answered to what it did.</summary>
internal sealed class ApiAnswer
{
    private readonly Lost _lost;

    private ApiAnswer(byte[] bytes, string? version, string? cookie, Lost lost) =>
        (Bytes, Version, Cookie, _lost) = (bytes, version, cookie, lost);

    /// <summary>Members that a later Gateway adds are left out.</summary>
    public static JsonSerializerOptions Form { get; } =
        new()
        {
            PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
            AllowDuplicateProperties = false,
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true,
        };

    /// <summary>The body as it came.</summary>
    public byte[] Bytes { get; }

    /// <summary>The entity tag, as it came.</summary>
    public string? Version { get; }

    /// <summary>The first cookie that was set, <c>name=value</c>.</summary>
    public string? Cookie { get; }

    /// <exception cref="RemoteException">It isn't JSON, so no Gateway's.</exception>
    public static ApiAnswer Of(HttpResponseMessage response, byte[] bytes, Lost lost)
    {
        if (bytes.Length > 0 && response.Content.Headers.ContentType?.MediaType != "application/json")
        {
            throw lost.NoGateway("Its answer isn't JSON", mayBeDone: false);
        }

        var cookie = response.Headers.NonValidated.TryGetValues("Set-Cookie", out var set) ? set.First().Split(';')[0] : null;
        return new ApiAnswer(bytes, response.Headers.ETag?.ToString(), cookie, lost);
    }

    /// <exception cref="RemoteException">It has another shape: no Gateway's, or one of another version.</exception>
    public T Read<T>()
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(Bytes, Form) ?? throw Misread();
        }
        catch (JsonException)
        {
            throw Misread();
        }
    }

    public RemoteException Misread() =>
        _lost.NoGateway("Its answer has another shape, or is of a version that this command doesn't know", false);
}
