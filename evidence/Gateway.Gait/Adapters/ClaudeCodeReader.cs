using System.Collections.Frozen;
using Gateway.Policy.Rules.Intents;

namespace Gateway.Gait.Adapters;

/// <summary>
/// Hook payloads of a coding assistant: <c>{session_id, tool_name, tool_input, hook_event_name}</c>, or <c>{name, input}</c>.
/// </summary>
internal static class ClaudeCodeReader
{
    private static readonly FrozenDictionary<string, string> Tools = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["read"] = "tool.read",
        ["grep"] = "tool.read",
        ["glob"] = "tool.read",
        ["webfetch"] = "tool.read",
        ["websearch"] = "tool.read",
        ["write"] = "tool.write",
        ["edit"] = "tool.write",
        ["notebookedit"] = "tool.write",
        ["bash"] = "tool.exec",
        ["task"] = "tool.delegate",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static ToolCall Read(JsonFields fields)
    {
        var (toolName, plainName) = (fields.Text("tool_name"), fields.Text("name"));
        var name = ToolName(toolName.Length > 0 ? toolName : plainName);
        var (toolInput, input) = (CallArguments.Read(fields, "tool_input"), CallArguments.Read(fields, "input"));
        var args = toolInput ?? input;
        var hook = fields.Text("hook_event_name");
        return new ToolCall
        {
            Adapter = "claude_code",
            Name = name,
            Args = args,
            Targets = AssistantTargets.Find(name, args),
            Context = new ToolCallContext
            {
                SessionId = fields.Text("session_id"),
                AuthTexts = hook.Length > 0 ? [("hook_event_name", hook), ("adapter", "claude_code")] : [],
            },
        };
    }

    private static string ToolName(string name)
    {
        var lower = name.ToLowerInvariant();
        var joined = lower
            .Replace(" ", "", StringComparison.Ordinal)
            .Replace("_", "", StringComparison.Ordinal)
            .Replace("-", "", StringComparison.Ordinal);
        return name.Length == 0 ? ""
            : Tools.TryGetValue(joined, out var tool) ? tool
            : name.Contains('.') ? lower
            : "tool." + lower.Replace(' ', '_').Replace('-', '_');
    }
}
