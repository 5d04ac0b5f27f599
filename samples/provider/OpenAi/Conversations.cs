using System.Text.Json;
using System.Text.Json.Nodes;
using Gateway.Samples.Provider.Answering;

namespace Gateway.Samples.Provider.OpenAi;

/// <summary>
/// <c>/v1/conversations</c>: items that the provider keeps in order. Thread-safe but for two writers of one conversation.
/// </summary>
internal sealed class Conversations
{
    private readonly Shelf<Conversation> _kept = new();

    public void Map(IEndpointRouteBuilder app, Door door)
    {
        app.MapPost("/v1/conversations", door.Of(Reading.Nothing, CreateAsync));
        app.MapGet("/v1/conversations/{id}", door.Of(null, exchange => exchange.SendAsync(Show(exchange.Id()))));
        app.MapDelete("/v1/conversations/{id}", door.Of(null, DeleteAsync));
        app.MapGet("/v1/conversations/{id}/items", door.Of(null, ItemsAsync));
        app.MapPost("/v1/conversations/{id}/items", door.Of(Reading.Nothing, AddAsync));
    }

    /// <exception cref="RequestBodyException">404: there is none of this id.</exception>
    public void Require(string id) => _kept.Get(id);

    public void Add(string id, JsonObject[] items)
    {
        var found = _kept.Get(id);
        _kept.Put(id, found with { Items = [.. found.Items, .. items] });
    }

    private Task CreateAsync(Exchange exchange)
    {
        var id = Wire.NextId("conv_");
        _kept.Put(id, new(Wire.Created, exchange.Body.Object("metadata")?.GetRawText() ?? "{}", Items(exchange.Body)));
        return exchange.SendAsync(Show(id));
    }

    private Task AddAsync(Exchange exchange)
    {
        var items = Items(exchange.Body);
        Add(exchange.Id(), items);
        return exchange.SendAsync(Listing.Of(items));
    }

    private Task ItemsAsync(Exchange exchange)
    {
        var items = _kept.Get(exchange.Id()).Items;
        return exchange.SendAsync(Listing.Of(exchange.Http.Request.Query["order"] == "asc" ? items : items.Reverse()));
    }

    private Task DeleteAsync(Exchange exchange)
    {
        _kept.Remove(exchange.Id());
        return exchange.SendAsync($$"""{"id":{{Wire.Quote(exchange.Id())}},"object":"conversation.deleted","deleted":true}""");
    }

    private string Show(string id)
    {
        var found = _kept.Get(id);
        return $$"""{"id":{{Wire.Quote(id)}},"object":"conversation","created_at":{{found.Created}},"metadata":{{found.Metadata}}}""";
    }

    private static JsonObject[] Items(JsonElement body)
    {
        var items = (body.Objects("items") ?? []).Select(item => JsonObject.Create(item.Clone())!).ToArray();
        foreach (var item in items)
        {
            item["id"] ??= Wire.NextId("msg_");
            item["type"] ??= "message";
            if (item["content"] is JsonValue text && text.TryGetValue<string>(out var said))
            {
                item["content"] = Parts((string?)item["role"] == "assistant" ? "output_text" : "input_text", said);
            }
        }

        return items;
    }

    /// <summary>A text is kept as a list of one part, as the API shows it.</summary>
    private static JsonArray Parts(string type, string text)
    {
        var part = new JsonObject { ["type"] = type, ["text"] = text };
        if (type == "output_text")
        {
            part["annotations"] = new JsonArray();
        }

        return [part];
    }

    private sealed record Conversation(long Created, string Metadata, JsonObject[] Items);
}

/// <summary>Readers of bodies that no prompt is made of.</summary>
internal static class Reading
{
    /// <summary>The body must be JSON; nothing else is asked of it.</summary>
    public static Prompt Nothing(HttpContext http, JsonElement body) => new();
}
