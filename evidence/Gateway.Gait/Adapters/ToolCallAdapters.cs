using Gateway.Policy.Rules.Intents;

namespace Gateway.Gait.Adapters;

/// <summary>
/// Turns the tool calls of frameworks and providers into intents: <c>mcp</c>, <c>openai</c>, <c>anthropic</c>, <c>langchain</c> and
/// <c>claude_code</c>. What a call doesn't say about its targets and the provenance of its arguments is filled in, so that rules about them
/// can't be escaped by leaving it out. Pure; never throws for any bytes.
/// </summary>
public static class ToolCallAdapters
{
    /// <summary>The names of the adapters, in the order of the documentation.</summary>
    public static IReadOnlyList<string> Names { get; } = ["mcp", "openai", "anthropic", "langchain", "claude_code"];

    /// <param name="adapter">In any case; empty for <c>mcp</c>.</param>
    public static IntentResult Read(string adapter, ReadOnlySpan<byte> payload, ToolCallOptions? options = null)
    {
        if (Find(adapter.Trim().ToLowerInvariant()) is not { } read)
        {
            return IntentResult.Refused("adapter", "There is no such adapter; known are: " + string.Join(", ", Names) + ".");
        }

        if (!StrictDocument.TryParse(payload, out var document))
        {
            return IntentResult.Refused("", "A tool call must be one JSON object, without repeated names.");
        }

        using (document)
        {
            return CallIntent.Read(read, document.RootElement, options ?? new ToolCallOptions());
        }
    }

    private static Func<JsonFields, ToolCall>? Find(string adapter) =>
        adapter switch
        {
            "" or "mcp" => McpCallReader.Read,
            "openai" => FunctionCallReaders.ReadOpenAi,
            "anthropic" => FunctionCallReaders.ReadAnthropic,
            "langchain" => FunctionCallReaders.ReadLangChain,
            "claude_code" or "claude-code" or "claudecode" => ClaudeCodeReader.Read,
            _ => null,
        };
}

/// <summary>How a tool call becomes an intent.</summary>
/// <param name="ExplicitContext">Identity, workspace and session must be in the call. Otherwise they have defaults, and the risk class is
/// high.</param>
public sealed record ToolCallOptions(bool ExplicitContext = false);
