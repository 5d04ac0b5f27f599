using Gateway.Samples.Provider.Answering;

namespace Gateway.Samples.Provider.OpenAi;

/// <summary><c>/v1/responses</c>: one message or one function call as the output, behind a reasoning item or none.</summary>
internal sealed class Responses(StoredResponses stored)
{
    private const string Failure =
        """{"type":"error","code":"server_error","message":"The server had an error.","param":null,"sequence_number":99}""";

    public void Map(IEndpointRouteBuilder app, Door door)
    {
        app.MapPost("/v1/responses", door.Of(ResponsesReader.Read, AnswerAsync));
        app.MapPost("/v1/responses/input_tokens", door.Of(ResponsesReader.Read, CountAsync));
        app.MapGet("/v1/responses/{id}", door.Of(null, stored.OneAsync));
        app.MapGet("/v1/responses/{id}/input_items", door.Of(null, stored.InputItemsAsync));
        app.MapPost("/v1/responses/{id}/cancel", door.Of(null, stored.CancelAsync));
        app.MapDelete("/v1/responses/{id}", door.Of(null, stored.DeleteAsync));
    }

    private Task AnswerAsync(Exchange exchange)
    {
        var terms = ResponseTerms.Read(exchange.Body, exchange.Prompt.Model);
        stored.Check(terms, exchange.Body);
        var document = new ResponseDocument(exchange.Prompt, exchange.Reply(), terms);
        stored.Keep(terms, document, exchange.Body);
        return exchange.Prompt.Stream ? exchange.StreamAsync(Stream(document))
            : terms.Background ? exchange.SendAsync(document.Queued)
            : exchange.SendAsync(document.Finished);
    }

    private static Task CountAsync(Exchange exchange) =>
        exchange.SendAsync($$"""{"object":"response.input_tokens","input_tokens":{{exchange.Prompt.InputWords}}}""");

    private static EventScript Stream(ResponseDocument document)
    {
        var script = new EventScript { Failure = new EventScript().Add("error", Failure) };
        var events = new ResponseEvents(script);
        events.Add("response.created", $"\"response\":{document.InProgress}");
        events.Add("response.in_progress", $"\"response\":{document.InProgress}");
        if (document.Thought is { } thought)
        {
            events.Add("response.output_item.added", $"\"output_index\":0,\"item\":{thought}");
            events.Add("response.output_item.done", $"\"output_index\":0,\"item\":{thought}");
        }

        events.Add("response.output_item.added", $"\"output_index\":{document.Place},\"item\":{document.EmptyItem}");
        if (document.Reply.Call is { } call)
        {
            AddCall(events, document, call);
        }
        else
        {
            AddText(events, document);
        }

        events.Add("response.output_item.done", $"\"output_index\":{document.Place},\"item\":{document.Item}");
        events.Add(document.Reply.CutShort ? "response.incomplete" : "response.completed", $"\"response\":{document.Finished}");
        return script;
    }

    private static void AddText(ResponseEvents events, ResponseDocument document)
    {
        var place = $"\"item_id\":\"{document.ItemId}\",\"output_index\":{document.Place},\"content_index\":0";
        events.Add("response.content_part.added", $"{place},\"part\":{ResponseDocument.Part("")}");
        foreach (var piece in document.Reply.Pieces)
        {
            events.AddRepeated("response.output_text.delta", $"{place},\"delta\":{Wire.Quote(piece)},\"logprobs\":[]");
        }

        events.Add("response.output_text.done", $"{place},\"text\":{Wire.Quote(document.Reply.Text)},\"logprobs\":[]");
        events.Add("response.content_part.done", $"{place},\"part\":{ResponseDocument.Part(document.Reply.Text)}");
    }

    private static void AddCall(ResponseEvents events, ResponseDocument document, ToolOffer call)
    {
        var place = $"\"item_id\":\"{document.ItemId}\",\"output_index\":{document.Place}";
        events.AddRepeated("response.function_call_arguments.delta", $"{place},\"delta\":{Wire.Quote(call.Arguments)}");
        events.Add(
            "response.function_call_arguments.done",
            $"{place},\"name\":{Wire.Quote(call.Name)},\"arguments\":{Wire.Quote(call.Arguments)}"
        );
    }
}

/// <summary>Adds the events of one response, each with its type and its number.</summary>
internal sealed class ResponseEvents(EventScript script)
{
    public void Add(string type, string members) => script.Add(type, Data(type, members));

    public void AddRepeated(string type, string members) => script.AddRepeated(type, Data(type, members));

    private string Data(string type, string members) => $$"""{"type":"{{type}}",{{members}},"sequence_number":{{script.Count}}}""";
}
