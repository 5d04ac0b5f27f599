using System.Globalization;
using Gateway.Samples.Provider.Answering;

namespace Gateway.Samples.Provider.OpenAi;

/// <summary>The response object and its one output item, at the beginning and at the end.</summary>
internal sealed class ResponseDocument(Prompt prompt, Reply reply)
{
    private readonly string _id = Wire.NextId("resp_");
    private readonly string _callId = Wire.NextId("call_");
    private readonly long _created = Wire.Created;

    public Reply Reply => reply;

    public string ItemId { get; } = Wire.NextId(reply.Call is null ? "msg_" : "fc_");

    public string InProgress => Show("in_progress", "null", "", "null");

    public string Finished => Show(reply.CutShort ? "incomplete" : "completed", Incomplete, Item, Used);

    public string EmptyItem => ShowItem("in_progress", "", "");

    public string Item => ShowItem(reply.CutShort ? "incomplete" : "completed", Part(reply.Text), reply.Call?.Arguments ?? "");

    private string Incomplete => reply.CutShort ? """{"reason":"max_output_tokens"}""" : "null";

    private string Used =>
        $$"""{"input_tokens":{{prompt.InputWords}},"input_tokens_details":{"cached_tokens":0},"output_tokens":{{reply.Words}}"""
        + $$""","output_tokens_details":{"reasoning_tokens":0},"total_tokens":{{prompt.InputWords + reply.Words}}}""";

    public static string Part(string text) =>
        $$"""
            {"type":"output_text","text":{{Wire.Quote(text)}},"annotations":[],"logprobs":[]}
            """;

    private string ShowItem(string status, string parts, string arguments) =>
        reply.Call is { } call
            ? $$"""
                {"id":"{{ItemId}}","type":"function_call","status":"{{status}}","call_id":"{{_callId}}","name":{{Wire.Quote(
                    call.Name
                )}},"arguments":{{Wire.Quote(arguments)}}}
                """
            : $$"""
                {"id":"{{ItemId}}","type":"message","status":"{{status}}","role":"assistant","content":[{{parts}}]}
                """;

    private string Show(string status, string incomplete, string items, string usage) =>
        $$"""{"id":"{{_id}}","object":"response","created_at":{{_created}},"status":"{{status}}","background":false,"error":null"""
        + $$""","incomplete_details":{{incomplete}},"instructions":null,"max_output_tokens":{{MaxTokens}},"metadata":{}"""
        + $$""","model":{{Wire.Quote(prompt.Model)}},"output":[{{items}}],"parallel_tool_calls":true,"previous_response_id":null"""
        + ""","reasoning":{"effort":null,"summary":null},"service_tier":"default","store":false,"temperature":1.0"""
        + ""","text":{"format":{"type":"text"}},"tool_choice":"auto","tools":[],"top_p":1.0,"truncation":"disabled","usage":"""
        + $$"""{{usage}},"user":null}""";

    private string MaxTokens => prompt.MaxTokens?.ToString(CultureInfo.InvariantCulture) ?? "null";
}
