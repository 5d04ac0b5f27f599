using System.Text.Json;
using System.Text.Json.Nodes;
using Gateway.Samples.Provider.Answering;

namespace Gateway.Samples.Provider.Anthropic;

/// <summary>
/// <c>/anthropic/v1/messages/batches</c>: taken, listed, cancelled, read and deleted. One that isn't cancelled has ended when it is first
/// asked for.
/// </summary>
internal sealed class Batches
{
    private const string Root = "/anthropic/v1/messages/batches";

    private readonly Shelf<JsonObject> _kept = new();
    private readonly Shelf<string> _results = new();

    public void Map(IEndpointRouteBuilder app, Door door)
    {
        app.MapPost(Root, door.Of((http, body) => new Prompt(), CreateAsync));
        app.MapGet(Root, door.Of(null, exchange => exchange.SendAsync(Listing.Of(_kept.All(), kind: null))));
        app.MapGet(Root + "/{id}", door.Of(null, exchange => exchange.SendAsync(Ended(exchange).ToJsonString())));
        app.MapGet(Root + "/{id}/results", door.Of(null, ResultsAsync));
        app.MapPost(Root + "/{id}/cancel", door.Of(null, CancelAsync));
        app.MapDelete(Root + "/{id}", door.Of(null, DeleteAsync));
    }

    private Task CreateAsync(Exchange exchange)
    {
        var requests = exchange.Body.Objects("requests") ?? throw new RequestBodyException("requests: Field required");
        var id = Wire.NextId("msgbatch_");
        var shown = new JsonObject
        {
            ["id"] = id,
            ["type"] = "message_batch",
            ["processing_status"] = "in_progress",
            ["request_counts"] = new JsonObject
            {
                ["processing"] = requests.Length,
                ["succeeded"] = 0,
                ["errored"] = 0,
                ["canceled"] = 0,
                ["expired"] = 0,
            },
            ["created_at"] = "2025-10-01T00:00:00Z",
            ["expires_at"] = "2025-10-02T00:00:00Z",
            ["ended_at"] = null,
            ["archived_at"] = null,
            ["cancel_initiated_at"] = null,
            ["results_url"] = null,
        };
        _results.Put(id, string.Concat(requests.Select(request => Result(exchange, request))));
        return exchange.SendAsync(_kept.Put(id, shown).ToJsonString());
    }

    private static string Result(Exchange exchange, JsonElement request)
    {
        var message = request.GetProperty("params");
        var one = exchange with { Body = message, Prompt = MessagesReader.Read(exchange.Http, message) };
        var id = Wire.Quote(request.RequiredText("custom_id"));
        return $$$"""{"custom_id":{{{id}}},"result":{"type":"succeeded","message":{{{Messages.Whole(one)}}} }}""" + "\n";
    }

    private JsonObject Ended(Exchange exchange)
    {
        var shown = _kept.Get(exchange.Id()).DeepClone().AsObject();
        if ((string?)shown["processing_status"] == "in_progress")
        {
            var counts = shown["request_counts"]!;
            (counts["succeeded"], counts["processing"]) = ((int)counts["processing"]!, 0);
            shown["processing_status"] = "ended";
            shown["ended_at"] = "2025-10-01T00:01:00Z";
            shown["results_url"] = $"{exchange.Http.Request.Scheme}://{exchange.Http.Request.Host}{Root}/{exchange.Id()}/results";
        }

        return _kept.Put(exchange.Id(), shown);
    }

    private Task ResultsAsync(Exchange exchange)
    {
        exchange.Http.Response.ContentType = "application/x-jsonl";
        return exchange.Http.Response.WriteAsync(_results.Get(exchange.Id()));
    }

    private Task CancelAsync(Exchange exchange)
    {
        var changed = _kept.Get(exchange.Id()).DeepClone().AsObject();
        changed["processing_status"] = "canceling";
        return exchange.SendAsync(_kept.Put(exchange.Id(), changed).ToJsonString());
    }

    private Task DeleteAsync(Exchange exchange)
    {
        _kept.Remove(exchange.Id());
        return exchange.SendAsync($$"""{"id":{{Wire.Quote(exchange.Id())}},"type":"message_batch_deleted"}""");
    }
}
