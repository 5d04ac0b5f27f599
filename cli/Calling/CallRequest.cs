using System.Net.Http.Headers;
using System.Text;
using Gateway.Cli.Results;

namespace Gateway.Cli.Calling;

/// <summary>Makes the request of a call from what was typed.</summary>
internal static class CallRequest
{
    /// <value>The largest body, in bytes. It is digested before it is sent, and so held in memory.</value>
    private const int MaxBodyBytes = 64 * 1024 * 1024;

    /// <exception cref="InvalidInputException">The method, the address or a header isn't one.</exception>
    public static HttpRequestMessage Make(string method, string url, IReadOnlyList<string> headers, byte[]? body)
    {
        var request = new HttpRequestMessage(Method(method), Address(url)) { Content = body is null ? null : new ByteArrayContent(body) };
        foreach (var header in headers)
        {
            Add(request, header);
        }

        if (request.Content is { Headers.ContentType: null } content && !content.Headers.NonValidated.Contains("Content-Type"))
        {
            content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }

        return request;
    }

    /// <summary>As curl takes it: text, <c>@file</c>, or <c>-</c> (or <c>@-</c>) for the standard input. Sent byte for byte.</summary>
    /// <exception cref="InvalidInputException">The file can't be read, or the body is too long.</exception>
    public static async Task<byte[]?> ReadBodyAsync(string? data, CancellationToken cancellationToken)
    {
        if (data is not ("-" or ['@', ..]))
        {
            return data is null ? null : Encoding.UTF8.GetBytes(data);
        }

        try
        {
            await using var input = data is "-" or "@-" ? Console.OpenStandardInput() : File.OpenRead(data[1..]);
            return await ReadAsync(input, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new InvalidInputException(
                $"The body '{data}' can't be read: {e.Message}",
                "Name a file behind the @, or - for the standard input."
            );
        }
    }

    private static async Task<byte[]> ReadAsync(Stream input, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        var buffer = new byte[64 * 1024];
        int read;
        while ((read = await input.ReadAsync(buffer, cancellationToken)) > 0)
        {
            body.Write(buffer, 0, read);
            if (body.Length > MaxBodyBytes)
            {
                throw new InvalidInputException($"The body is over {MaxBodyBytes} bytes.", "Send less at once.");
            }
        }

        return body.ToArray();
    }

    /// <summary>In upper case, as it goes out: what is signed must be what is sent.</summary>
    private static HttpMethod Method(string method)
    {
        try
        {
            return HttpMethod.Parse(method.ToUpperInvariant());
        }
        catch (FormatException)
        {
            throw new InvalidInputException($"'{method}' is no method.", "Write GET, POST, PUT, PATCH, DELETE or another one.");
        }
    }

    private static Uri Address(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && address.UserInfo.Length == 0
            ? address
            : throw new InvalidInputException(
                "The address isn't a whole http or https one, or it holds a user's name.",
                "Write it as http://127.0.0.1:8080/v1/models."
            );

    private static void Add(HttpRequestMessage request, string header)
    {
        var colon = header.IndexOf(':', StringComparison.Ordinal);
        var name = colon < 0 ? "" : header[..colon].Trim();
        var value = colon < 0 ? "" : header[(colon + 1)..].Trim();
        var added =
            name.Length > 0
            && value.AsSpan().IndexOfAnyInRange('\0', '\u001f') < 0
            && (
                request.Headers.TryAddWithoutValidation(name, value)
                || request.Content?.Headers.TryAddWithoutValidation(name, value) == true
            );
        if (!added)
        {
            // The value isn't shown: it may be a secret.
            throw new InvalidInputException(
                colon < 0 ? "A header has no colon." : $"The header '{name}' can't be sent.",
                "Write it as 'name: value'; headers of a body need --data."
            );
        }
    }
}
