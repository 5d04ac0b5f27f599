using System.ClientModel;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Anthropic.Exceptions;

namespace Gateway.Clients;

/// <summary>One step of a client: its name, and what gives what the client returned. It may use what an earlier one kept.</summary>
internal sealed record Step(string Name, Func<Task<JsonNode?>> Act);

/// <summary>Runs steps in order and prints the lines that <c>steps.mjs</c> prints.</summary>
internal static class Steps
{
    /// <summary>As Node.js writes it: what may differ is looked for in the text.</summary>
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static async Task RunAsync(IEnumerable<Step> steps, Uri seen)
    {
        using var handler = new SocketsHttpHandler { UseProxy = false };
        using var http = new HttpMessageInvoker(handler);
        foreach (var (name, act) in steps)
        {
            await SendAsync(http, HttpMethod.Delete, seen);
            var line = new JsonObject { ["step"] = name };
            try
            {
                line["returned"] = await act();
            }
            catch (Exception error)
            {
                line["error"] = Told(error);
            }

            line["received"] = Received(await SendAsync(http, HttpMethod.Get, seen));
            Console.WriteLine(line.ToJsonString(Plain));
        }
    }

    /// <summary>All items as one array.</summary>
    public static async Task<JsonNode?> CollectAsync<T>(IAsyncEnumerable<T> items, Func<T, JsonNode?> read)
    {
        var all = new JsonArray();
        await foreach (var item in items)
        {
            all.Add(read(item));
        }

        return all;
    }

    private static async Task<string> SendAsync(HttpMessageInvoker http, HttpMethod method, Uri address)
    {
        using var request = new HttpRequestMessage(method, address);
        using var answer = await http.SendAsync(request, CancellationToken.None);
        return await answer.Content.ReadAsStringAsync();
    }

    private static JsonArray Received(string json)
    {
        var requests = JsonNode.Parse(json)!.AsArray();
        foreach (var request in requests)
        {
            request!.AsObject().Remove("bodyBase64");
        }

        return requests;
    }

    private static JsonObject Told(Exception error)
    {
        var told = new JsonObject { ["type"] = error.GetType().Name, ["message"] = error.Message };
        var status = error switch
        {
            ClientResultException { Status: > 0 and var code } => code,
            AnthropicApiException api => (int)api.StatusCode,
            _ => (int?)null,
        };
        if (status is { } known)
        {
            told["status"] = known;
        }

        return told;
    }
}
