using System.Text.Json;
using Gateway.Samples.Provider.Recording;
using Microsoft.AspNetCore.Http.Features;

namespace Gateway.Samples.Provider.Answering;

/// <summary>
/// The steps before an answer, the same for every dialect: the credential, the body, the directives. What differs is how a dialect carries
/// its key and how it words an error.
/// </summary>
/// <param name="header">The header that holds the credential.</param>
/// <param name="expected">Its whole value.</param>
/// <param name="wording">A status and a message, as the dialect's error document.</param>
internal sealed class Door(string header, string expected, Func<int, string, string> wording)
{
    private static readonly JsonElement Nothing = default;

    /// <param name="read">Null for an operation without a body.</param>
    public RequestDelegate Of(Func<HttpContext, JsonElement, Prompt>? read, Func<Exchange, Task> answer) => async http =>
    {
        try
        {
            using var body = read is null ? null : JsonDocument.Parse(http.Features.GetRequiredFeature<Received>().Body);
            var root = body?.RootElement ?? Nothing;
            var credential = http.Request.Headers[header].ToString();
            await AnswerAsync(http, root, read, credential, answer);
        }
        catch (Exception e) when (e is JsonException or RequestBodyException)
        {
            await RefuseAsync(http, StatusCodes.Status400BadRequest, e is JsonException ? "We could not parse the JSON body of your request." : e.Message);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The caller left, or was left by a directive: there is nobody to answer.
        }
    };

    private async Task AnswerAsync(
        HttpContext http, JsonElement root, Func<HttpContext, JsonElement, Prompt>? read, string credential, Func<Exchange, Task> answer)
    {
        if (credential != expected)
        {
            await RefuseAsync(http, StatusCodes.Status401Unauthorized, "Incorrect API key provided.");
            return;
        }

        var prompt = read?.Invoke(http, root) ?? new Prompt();
        var directives = Directives.Of(http.Request, prompt);
        await Task.Delay(directives.Slow, http.RequestAborted);
        if (directives.Reset)
        {
            Connection.Reset(http);
        }
        else if (directives.Error > 0)
        {
            await RefuseAsync(http, directives.Error, "An error on demand.");
        }
        else if (prompt.Model.StartsWith("no-such", StringComparison.Ordinal))
        {
            await RefuseAsync(http, StatusCodes.Status404NotFound, $"The model '{prompt.Model}' does not exist.");
        }
        else
        {
            await answer(new Exchange(http, root, prompt, directives, credential));
        }
    }

    private Task RefuseAsync(HttpContext http, int status, string message)
    {
        if (status is StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable)
        {
            http.Response.Headers.RetryAfter = "1";
        }

        return JsonAnswer.SendPlainAsync(http, status, wording(status, message));
    }
}
