using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Gateway.Samples.Provider.Answering;

namespace Gateway.Samples.Provider.OpenAi;

/// <summary>
/// The response object and its output, at the beginning and at the end: a message or a call, behind a reasoning item or none.
/// </summary>
internal sealed class ResponseDocument(Prompt prompt, Reply reply, ResponseTerms terms)
{
    private readonly string _callId = Wire.NextId("call_");
    private readonly string _thoughtId = Wire.NextId("rs_");
    private readonly long _created = Wire.Created;

    public Reply Reply => reply;

    public string Id { get; } = Wire.NextId("resp_");

    public string ItemId { get; } = Wire.NextId(reply.Call is null ? "msg_" : "fc_");

    /// <summary>Where the message or call stands in the output.</summary>
    public int Place => terms.Reasons ? 1 : 0;

    public string Queued => Show("queued", "null", "", "null");

    public string Cancelled => Show("cancelled", "null", "", "null");

    public string InProgress => Show("in_progress", "null", "", "null");

    public string Finished => Show(reply.CutShort ? "incomplete" : "completed", Incomplete, string.Join(',', Output), Used);

    public string EmptyItem => ShowItem("in_progress", "", "");

    public string Item => ShowItem(reply.CutShort ? "incomplete" : "completed", Part(reply.Text), reply.Call?.Arguments ?? "");

    /// <summary>Null where nothing was reasoned.</summary>
    public string? Thought =>
        terms.Reasons
            ? $$"""{"id":"{{_thoughtId}}","type":"reasoning","summary":[]{{(
                terms.Encrypts ? $",\"encrypted_content\":\"{Sealed(_thoughtId)}\"" : ""
            )}}}"""
            : null;

    public string[] Output => Thought is { } thought ? [thought, Item] : [Item];

    private string Incomplete => reply.CutShort ? """{"reason":"max_output_tokens"}""" : "null";

    private string Used =>
        $$"""{"input_tokens":{{prompt.InputWords}},"input_tokens_details":{"cached_tokens":0},"output_tokens":{{reply.Words}}"""
        + $$""","output_tokens_details":{"reasoning_tokens":0},"total_tokens":{{prompt.InputWords + reply.Words}}}""";

    public static string Part(string text) =>
        $$"""
            {"type":"output_text","text":{{Wire.Quote(text)}},"annotations":[],"logprobs":[]}
            """;

    // As long and as opaque as the provider's own, so that whoever looks for secrets is tried with it.
    private static string Sealed(string id) =>
        "gAAAAAB"
        + Convert.ToBase64String([.. Enumerable.Range(0, 4).SelectMany(i => SHA512.HashData(Encoding.UTF8.GetBytes($"{i}{id}")))]);

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
        $$"""{"id":"{{Id}}","object":"response","created_at":{{_created}},"status":"{{status}}","background":{{Word(terms.Background)}}"""
        + $$""","error":null,"incomplete_details":{{incomplete}},"instructions":null,"max_output_tokens":{{MaxTokens}}"""
        + $$""","metadata":{{terms.Metadata}},"model":{{Wire.Quote(prompt.Model)}},"output":[{{items}}],"parallel_tool_calls":true"""
        + $$""","previous_response_id":{{(terms.Previous is { } previous ? Wire.Quote(previous) : "null")}},"conversation":{{(
            terms.Conversation is { } conversation ? $$"""{"id":{{Wire.Quote(conversation)}}}""" : "null"
        )}},"reasoning":{{terms.Reasoning}},"service_tier":"default","store":{{Word(terms.Store)}},"temperature":1.0"""
        + ""","text":{"format":{"type":"text"}},"tool_choice":"auto","tools":[],"top_p":1.0,"truncation":"disabled","usage":"""
        + $$"""{{usage}},"user":null}""";

    private static string Word(bool value) => value ? "true" : "false";

    private string MaxTokens => prompt.MaxTokens?.ToString(CultureInfo.InvariantCulture) ?? "null";
}
