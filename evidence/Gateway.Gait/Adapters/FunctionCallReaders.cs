using Gateway.Policy.Rules.Intents;

namespace Gateway.Gait.Adapters;

/// <summary>Tool calls that carry a name and arguments only.</summary>
internal static class FunctionCallReaders
{
    /// <summary><c>{type, function {name, arguments}}</c>.</summary>
    public static ToolCall ReadOpenAi(JsonFields fields) =>
        fields.Section("function", function => Call("openai", function, "name", "arguments")) ?? new ToolCall { Adapter = "openai" };

    /// <summary><c>{type: tool_use, name, input}</c>.</summary>
    public static ToolCall ReadAnthropic(JsonFields fields) =>
        new()
        {
            Adapter = "anthropic",
            Name = fields.Text("name"),
            Args = fields.Object("input"),
        };

    /// <summary><c>{tool, tool_input}</c>.</summary>
    public static ToolCall ReadLangChain(JsonFields fields) => Call("langchain", fields, "tool", "tool_input");

    private static ToolCall Call(string adapter, JsonFields fields, string name, string arguments) =>
        new()
        {
            Adapter = adapter,
            Name = fields.Text(name),
            Args = CallArguments.Read(fields, arguments),
        };
}
