using Gateway.Samples.Provider.Answering;

namespace Gateway.Samples.Provider.OpenAi;

/// <summary><c>POST /v1/responses</c>: one message or one function call as the output.</summary>
internal static class Responses
{
    private const string Failure =
        """{"type":"error","code":"server_error","message":"The server had an error.","param":null,"sequence_number":99}""";

    public static Task AnswerAsync(Exchange exchange)
    {
        var document = new ResponseDocument(exchange.Prompt, exchange.Reply());
        return exchange.Prompt.Stream ? exchange.StreamAsync(Stream(document)) : exchange.SendAsync(document.Finished);
    }

    private static EventScript Stream(ResponseDocument document)
    {
        var script = new EventScript { Failure = new EventScript().Add("error", Failure) };
        var events = new ResponseEvents(script);
        events.Add("response.created", $"\"response\":{document.InProgress}");
        events.Add("response.in_progress", $"\"response\":{document.InProgress}");
        events.Add("response.output_item.added", $"\"output_index\":0,\"item\":{document.EmptyItem}");
        if (document.Reply.Call is { } call)
        {
            AddCall(events, document, call);
        }
        else
        {
            AddText(events, document);
        }

        events.Add("response.output_item.done", $"\"output_index\":0,\"item\":{document.Item}");
        events.Add(document.Reply.CutShort ? "response.incomplete" : "response.completed", $"\"response\":{document.Finished}");
        return script;
    }

    private static void AddText(ResponseEvents events, ResponseDocument document)
    {
        var place = $"\"item_id\":\"{document.ItemId}\",\"output_index\":0,\"content_index\":0";
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
        var place = $"\"item_id\":\"{document.ItemId}\",\"output_index\":0";
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
