using System.Text.Json;
using System.Text.Json.Nodes;
using Gateway.Samples.Provider.Answering;

namespace Gateway.Samples.Provider.OpenAi;

/// <summary>Responses that are kept: retrieved, continued, cancelled and deleted by their id. Thread-safe.</summary>
internal sealed class StoredResponses(Conversations conversations)
{
    private readonly Shelf<StoredResponse> _responses = new();
    private readonly Shelf<string> _items = new();

    /// <summary>Refuses what refers to something that isn't kept.</summary>
    /// <exception cref="RequestBodyException">400 or 404, as the real provider words it.</exception>
    public void Check(ResponseTerms terms, JsonElement body)
    {
        if (terms.Previous is { } previous && _responses.Find(previous) is null)
        {
            throw new RequestBodyException($"Previous response with id '{previous}' not found.");
        }

        if (terms.Conversation is { } conversation)
        {
            conversations.Require(conversation);
        }

        foreach (var item in Input(body))
        {
            var bare =
                item.Text("type") is "item_reference" || (item.Text("type") is "reasoning" && item.Text("encrypted_content") is null);
            if (bare && item.Text("id") is { } id && _items.Find(id) is null)
            {
                throw new RequestBodyException(
                    $"Item with id '{id}' not found. Items are not persisted when `store` is set to false. "
                        + "Try again with `store` set to true, or remove this item from your input."
                )
                {
                    Status = StatusCodes.Status404NotFound,
                };
            }
        }
    }

    public void Keep(ResponseTerms terms, ResponseDocument document, JsonElement body)
    {
        if (!terms.Store)
        {
            return;
        }

        var input = InputItems(body);
        _responses.Put(document.Id, new(document.Finished, document.Cancelled, terms.Background, input));
        foreach (var item in document.Output)
        {
            _items.Put((string)JsonNode.Parse(item)!["id"]!, item);
        }

        if (terms.Conversation is { } conversation)
        {
            conversations.Add(conversation, [.. input, .. document.Output.Select(item => JsonNode.Parse(item)!.AsObject())]);
        }
    }

    public Task OneAsync(Exchange exchange) => exchange.SendAsync(_responses.Get(exchange.Id()).Document);

    public Task InputItemsAsync(Exchange exchange) => exchange.SendAsync(Listing.Of(_responses.Get(exchange.Id()).Input));

    /// <summary>Only what runs in the background can be cancelled.</summary>
    public Task CancelAsync(Exchange exchange)
    {
        var found = _responses.Get(exchange.Id());
        return found.Background
            ? exchange.SendAsync(_responses.Put(exchange.Id(), found with { Document = found.Cancelled }).Document)
            : throw new RequestBodyException("Cannot cancel a synchronous response.");
    }

    public Task DeleteAsync(Exchange exchange)
    {
        _responses.Remove(exchange.Id());
        return exchange.SendAsync($$"""{"id":{{Wire.Quote(exchange.Id())}},"object":"response","deleted":true}""");
    }

    private static JsonElement[] Input(JsonElement body) =>
        body.TryGetProperty("input", out var input) && input.ValueKind == JsonValueKind.Array ? body.Objects("input")! : [];

    private static JsonObject[] InputItems(JsonElement body)
    {
        var items =
            body.TryGetProperty("input", out var input) && input.ValueKind == JsonValueKind.String
                ? [new JsonObject { ["role"] = "user", ["content"] = input.GetString() }]
                : Input(body).Select(item => JsonObject.Create(item.Clone())!).ToArray();
        foreach (var item in items)
        {
            item["id"] ??= Wire.NextId("msg_");
            item["type"] ??= "message";
        }

        return items;
    }

    private sealed record StoredResponse(string Document, string Cancelled, bool Background, JsonObject[] Input);
}
