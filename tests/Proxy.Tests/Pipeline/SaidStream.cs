using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Gateway.Connectors.Contracts;
using Gateway.Connectors.Models;
using Gateway.Policy.Model;
using Gateway.Proxy.Responses;

namespace Gateway.Proxy.Tests.Pipeline;

/// <summary>A provider's stream, with what it truly used, and where and how it ends before its end.</summary>
/// <param name="Pieces">The text, piece by piece.</param>
/// <param name="Output">Tokens that the provider counts of all the pieces.</param>
/// <param name="Cut">How many events come; all where there are no more.</param>
public sealed record SaidStream(string Dialect, IReadOnlyList<string> Pieces, int Input, int Output, int Cut, Delivery End)
{
    private static readonly string[] Words =
    [
        "a",
        "the ",
        "plain ",
        "antidisestablishment",
        " 42",
        "3.14",
        "{\"x\":1}",
        "\n\n",
        "für ",
        "世界",
        "ᐃᓄᒃ",
        "🎉",
        "\\",
        "\"",
    ];

    private static readonly Delivery[] Ends =
    [
        new(Ending.Cancelled, 200, ReasonCode.None, 0, null, default),
        new(Ending.Cut, 200, ReasonCode.UpstreamFailed, 0, null, default),
        new(Ending.Cut, 200, ReasonCode.UpstreamTimeout, 0, null, default),
        new(Ending.Cut, 200, ReasonCode.Killed, 0, null, default),
        new(Ending.Cut, 200, ReasonCode.ResponseTooLarge, 0, null, default),
        new(Ending.Completed, 200, ReasonCode.None, 0, null, default),
    ];

    public static Arbitrary<SaidStream> Any { get; } = Streams.ToArbitrary();

    /// <summary>Its request as Gateway reads it: the cap is what the provider uses, so that a token more is one too many.</summary>
    public BodyReading Asked => Read($$"""{"model":"gpt-4o","stream":true,"{{CapOf}}":{{Math.Max(1, Output)}}{{Filler}}}""");

    public ModelOperation Operation => ModelOperations.All.Single(operation => operation.Operation.ToString() == Dialect);

    /// <summary>The text of the pieces that have come when the stream ends.</summary>
    public string Came => string.Concat(Pieces.Take(Math.Max(0, Cut - Before)));

    private int Before => Dialect == "messages" ? 1 : 0;

    private string CapOf => Dialect == "responses" ? "max_output_tokens" : "max_tokens";

    // So that the input is worth what the provider counts of it.
    private string Filler =>
        Dialect == "completions" ? $",\"prompt\":\"{new string('i', 4 * Input)}\""
        : Dialect == "responses" ? $",\"input\":\"{new string('i', 4 * Input)}\""
        : $",\"messages\":[{{\"role\":\"user\",\"content\":\"{new string('i', 4 * Input)}\"}}]";

    public IReadOnlyList<string> Events =>
        Dialect switch
        {
            "chat" =>
            [
                .. Pieces.Select(piece => $$$"""{"choices":[{"index":0,"delta":{"content":{{{Quote(piece)}}}}}],"usage":null}"""),
                $$$"""{"choices":[],"usage":{"prompt_tokens":{{{Input}}},"completion_tokens":{{{Output}}} } }""",
                "[DONE]",
            ],
            "completions" =>
            [
                .. Pieces.Select(piece => $$"""{"choices":[{"index":0,"text":{{Quote(piece)}}}]}"""),
                $$$"""{"choices":[],"usage":{"prompt_tokens":{{{Input}}},"completion_tokens":{{{Output}}} } }""",
                "[DONE]",
            ],
            "responses" =>
            [
                .. Pieces.Select(piece => $$"""{"type":"response.output_text.delta","delta":{{Quote(piece)}}}"""),
                $$$"""{"type":"response.completed","response":{"usage":{"input_tokens":{{{Input}}},"output_tokens":{{{Output}}} } } }""",
            ],
            _ =>
            [
                $$$$"""{"type":"message_start","message":{"usage":{"input_tokens":{{{{Input}}}},"output_tokens":1}}}""",
                .. Pieces.Select(piece => $$"""{"type":"content_block_delta","delta":{"text":{{Quote(piece)}}} }"""),
                $$$"""{"type":"message_delta","usage":{"output_tokens":{{{Output}}}} }""",
                """{"type":"message_stop"}""",
            ],
        };

    private static Gen<SaidStream> Streams =>
        from dialect in Gen.Elements("chat", "completions", "responses", "messages")
        from pieces in Gen.ListOf(Gen.Elements(Words))
        from input in Gen.Choose(0, 50)
        let bytes = pieces.Sum(Encoding.UTF8.GetByteCount)
        from output in Gen.Choose(Math.Max(1, (bytes + 15) / 16), Math.Max(1, bytes))
        from cut in Gen.Choose(0, pieces.Count + 4)
        from end in Gen.Elements(Ends)
        select new SaidStream(dialect, [.. pieces], input, output, cut, end);

    private static string Quote(string text) => JsonSerializer.Serialize(text);

    private BodyReading Read(string body) =>
        Operation.Requests.TryRead(Encoding.UTF8.GetBytes(body), out var reading, out var refusal)
            ? reading
            : throw new InvalidOperationException(refusal.Detail);
}
