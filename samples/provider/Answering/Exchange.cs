using System.Text.Json;

namespace Gateway.Samples.Provider.Answering;

/// <summary>One request that passed its door, for the code that answers it.</summary>
/// <param name="Body">The parsed body; undefined where there is none. Only valid until the answer is complete.</param>
/// <param name="Credential">As received.</param>
internal sealed record Exchange(HttpContext Http, JsonElement Body, Prompt Prompt, Directives Directives, string Credential)
{
    public Reply Reply() => Provider.Reply.To(Prompt, Directives, Credential);

    public Task SendAsync(string json, int status = StatusCodes.Status200OK) => JsonAnswer.SendAsync(Http, Directives, status, json);

    public Task StreamAsync(EventScript script) => EventStream.SendAsync(Http, Directives, script);
}
