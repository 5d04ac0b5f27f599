using System.Globalization;
using System.Text;

namespace Gateway.LoadTests.Servers;

/// <summary>What the upstream answers, made once. Sizes are those of everyday answers: about 1 kB, and 20 events.</summary>
internal static class FixedAnswers
{
    public const string ModelMarker = "chatcmpl-load";
    public const string ToolMarker = "note-load";

    private const int Events = 20;

    private static readonly string Sentence = string.Concat(
        Enumerable.Repeat("Your order left our house on Monday and should be with you in two days at the latest. ", 8)
    );

    public static readonly byte[] Model = Encoding.UTF8.GetBytes(
        $$$"""{"id":"chatcmpl-load","object":"chat.completion","created":1893456000,"model":"gpt-4o-mini","choices":"""
            + $$$"""[{"index":0,"message":{"role":"assistant","content":"I wrote to ada@example.com. """
            + $$$"""{{{Sentence}}}"},"finish_reason":"stop"}],"usage":{"prompt_tokens":60,"completion_tokens":140,"total_tokens":"""
            + $$$"""200}}"""
    );

    public static readonly byte[] Tool = """{"id":"note-load","contact":"c-1","created":true}"""u8.ToArray();

    public static readonly byte[][] Stream =
    [
        .. Enumerable
            .Range(0, Events - 2)
            .Select(i =>
                Event(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $$$"""{"id":"chatcmpl-load","object":"chat.completion.chunk","created":"""
                            + $$$"""1893456000,"model":"gpt-4o-mini","choices":[{"index":0,"delta":{"content":"Your order """
                            + $$$"""{{{i}}} is on its way. "},"finish_reason":null}]}"""
                    )
                )
            ),
        Event(
            """{"id":"chatcmpl-load","object":"chat.completion.chunk","created":1893456000,"model":"gpt-4o-mini","choices":"""
                + """[],"usage":{"prompt_tokens":60,"completion_tokens":140,"total_tokens":200}}"""
        ),
        Event("[DONE]"),
    ];

    private static byte[] Event(string data) => Encoding.UTF8.GetBytes($"data: {data}\n\n");
}
