using System.Text.Json.Nodes;
using Gateway.Samples.Provider.Answering;

namespace Gateway.Samples.Provider.OpenAi;

/// <summary><c>/v1/batches</c>: taken, listed and cancelled; none is ever run.</summary>
internal sealed class Batches(Files files)
{
    private readonly Shelf<JsonObject> _kept = new();

    public void Map(IEndpointRouteBuilder app, Door door)
    {
        app.MapPost("/v1/batches", door.Of(Reading.Nothing, CreateAsync));
        app.MapGet("/v1/batches", door.Of(null, exchange => exchange.SendAsync(Listing.Of(_kept.All()))));
        app.MapGet("/v1/batches/{id}", door.Of(null, exchange => exchange.SendAsync(_kept.Get(exchange.Id()).ToJsonString())));
        app.MapPost("/v1/batches/{id}/cancel", door.Of(null, CancelAsync));
    }

    private Task CreateAsync(Exchange exchange)
    {
        var input = exchange.Body.RequiredText("input_file_id");
        files.Require(input);
        var id = Wire.NextId("batch_");
        var shown = new JsonObject
        {
            ["id"] = id,
            ["object"] = "batch",
            ["endpoint"] = exchange.Body.RequiredText("endpoint"),
            ["errors"] = null,
            ["input_file_id"] = input,
            ["completion_window"] = exchange.Body.RequiredText("completion_window"),
            ["status"] = "validating",
            ["output_file_id"] = null,
            ["created_at"] = Wire.Created,
            ["request_counts"] = new JsonObject
            {
                ["total"] = 0,
                ["completed"] = 0,
                ["failed"] = 0,
            },
            ["metadata"] = exchange.Body.Object("metadata") is { } metadata ? JsonObject.Create(metadata.Clone()) : null,
        };
        return exchange.SendAsync(_kept.Put(id, shown).ToJsonString());
    }

    private Task CancelAsync(Exchange exchange)
    {
        var changed = _kept.Get(exchange.Id()).DeepClone().AsObject();
        changed["status"] = "cancelling";
        return exchange.SendAsync(_kept.Put(exchange.Id(), changed).ToJsonString());
    }
}
