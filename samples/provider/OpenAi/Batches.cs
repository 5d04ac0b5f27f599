using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Gateway.Samples.Provider.Answering;

namespace Gateway.Samples.Provider.OpenAi;

/// <summary>
/// <c>/v1/batches</c>: taken, listed and cancelled. One of chat completions that isn't cancelled is run when it is first asked for.
/// </summary>
internal sealed class Batches(Files files)
{
    private readonly Shelf<JsonObject> _kept = new();

    public void Map(IEndpointRouteBuilder app, Door door)
    {
        app.MapPost("/v1/batches", door.Of(Reading.Nothing, CreateAsync));
        app.MapGet("/v1/batches", door.Of(null, exchange => exchange.SendAsync(Listing.Of(_kept.All()))));
        app.MapGet("/v1/batches/{id}", door.Of(null, exchange => exchange.SendAsync(Ended(exchange).ToJsonString())));
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

    private JsonObject Ended(Exchange exchange)
    {
        var shown = _kept.Get(exchange.Id()).DeepClone().AsObject();
        if ((string?)shown["status"] == "validating" && (string?)shown["endpoint"] == "/v1/chat/completions")
        {
            var lines = files.Lines((string)shown["input_file_id"]!);
            var answers = string.Concat(lines.Select(line => Answer(exchange, line)));
            shown["status"] = "completed";
            shown["output_file_id"] = files.Add("output.jsonl", "batch_output", Encoding.UTF8.GetBytes(answers));
            shown["request_counts"]!["total"] = lines.Length;
            shown["request_counts"]!["completed"] = lines.Length;
        }

        return _kept.Put(exchange.Id(), shown);
    }

    private static string Answer(Exchange exchange, string line)
    {
        using var read = JsonDocument.Parse(line);
        var body = read.RootElement.GetProperty("body");
        var one = exchange with { Body = body, Prompt = PromptReader.ReadChat(exchange.Http, body) };
        return $$"""
            {"id":"{{Wire.NextId("batch_req_")}}","custom_id":{{Wire.Quote(
                read.RootElement.RequiredText("custom_id")
            )}},"response":{"status_code":200,"request_id":"{{Wire.NextId("req_")}}","body":{{ChatCompletions.Whole(one)}}},"error":null}

            """;
    }

    private Task CancelAsync(Exchange exchange)
    {
        var changed = _kept.Get(exchange.Id()).DeepClone().AsObject();
        changed["status"] = "cancelling";
        return exchange.SendAsync(_kept.Put(exchange.Id(), changed).ToJsonString());
    }
}
