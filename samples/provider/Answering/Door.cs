using System.Text.Json;
using Gateway.Samples.Provider.Recording;
using Microsoft.AspNetCore.Http.Features;

namespace Gateway.Samples.Provider.Answering;

/// <summary>
/// The steps before an answer, the same for every dialect: the credential, the body, the directives. What differs is how a dialect carries
/// its key and how it words an error.
/// </summary>
/// <param name="credentialOf">The credential as received; empty for none or too many.</param>
/// <param name="expected">The only one that opens the door.</param>
/// <param name="wording">A status and a message, as the dialect's error document.</param>
internal sealed class Door(Func<IHeaderDictionary, string> credentialOf, string expected, Func<int, string, string> wording)
{
    private static readonly JsonElement Nothing = default;

    /// <param name="read">Null for an operation without a body.</param>
    public RequestDelegate Of(Func<HttpContext, JsonElement, Prompt>? read, Func<Exchange, Task> answer) =>
        async http =>
        {
            try
            {
                using var body = read is null ? null : JsonDocument.Parse(http.Features.GetRequiredFeature<Received>().Body);
                var root = body?.RootElement ?? Nothing;
                await AnswerAsync(http, root, read, answer);
            }
            catch (Exception e) when (e is JsonException or RequestBodyException)
            {
                await RefuseAsync(
                    http,
                    (e as RequestBodyException)?.Status ?? StatusCodes.Status400BadRequest,
                    e is JsonException ? "We could not parse the JSON body of your request." : e.Message
                );
            }
            catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
            {
                // The caller left, or was left by a directive: there is nobody to answer.
            }
        };

    private async Task AnswerAsync(
        HttpContext http,
        JsonElement root,
        Func<HttpContext, JsonElement, Prompt>? read,
        Func<Exchange, Task> answer
    )
    {
        var credential = credentialOf(http.Request.Headers);
        if (credential != expected)
        {
            await RefuseAsync(http, StatusCodes.Status401Unauthorized, "Incorrect API key provided.");
            return;
        }

        var prompt = read?.Invoke(http, root) ?? new Prompt();
        var directives = Directives.From(http.Request, prompt);
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

/// <summary>One request that passed its door, for the code that answers it.</summary>
/// <param name="Body">The parsed body; undefined where there is none. Only valid until the answer is complete.</param>
/// <param name="Credential">As received.</param>
internal sealed record Exchange(HttpContext Http, JsonElement Body, Prompt Prompt, Directives Directives, string Credential)
{
    public Reply Reply() => Answering.Reply.To(Prompt, Directives, Credential);

    public Task SendAsync(string json, int status = StatusCodes.Status200OK) => JsonAnswer.SendAsync(Http, Directives, status, json);

    public Task StreamAsync(EventScript script) => EventStream.SendAsync(Http, Directives, script);
}
