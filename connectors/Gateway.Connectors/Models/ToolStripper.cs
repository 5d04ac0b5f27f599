using System.Text.Json;
using Gateway.Connectors.Json;
using Gateway.Policy.Model;

namespace Gateway.Connectors.Models;

/// <summary>
/// Takes tools out of a model call, in every dialect: from the lists of tools and remote servers, and what chooses among those. For a body
/// that the dialect's reader accepted. Never loosens: a choice of what is gone becomes the choice of none.
/// </summary>
public static class ToolStripper
{
    private static readonly Literal[] Lists = [new("tools"), new("functions"), new("mcp_servers")];
    private static readonly Literal[] Choices = [new("tool_choice"), new("function_call")];
    private static readonly Literal[] OfAnyTool = [new("parallel_tool_calls"), new("max_tool_calls")];

    /// <summary>
    /// False where tools stand in a place that they can't be taken out of, such as the content of the conversation, or the model itself.
    /// </summary>
    /// <param name="stripped">The same bytes where there was nothing to strip.</param>
    public static bool TryStrip(ReadOnlyMemory<byte> body, ToolStrip strip, ConnectorType dialect, out ReadOnlyMemory<byte> stripped)
    {
        ArgumentNullException.ThrowIfNull(strip);
        var isAnyLeft = false;
        stripped = body;
        foreach (var list in Lists)
        {
            stripped = StripList(stripped, list, strip, ref isAnyLeft);
        }

        stripped = StripWebSearch(stripped, strip, ref isAnyLeft);
        foreach (var choice in Choices)
        {
            stripped = StripChoice(stripped, choice, strip, dialect, isAnyLeft);
        }

        foreach (var field in OfAnyTool)
        {
            stripped = isAnyLeft ? stripped : Remove(stripped, field.Utf8);
        }

        return !ToolNames.AreInContent(stripped.Span, strip) && !(strip.Strips(SearchingModels.Tool) && SearchesByItself(body.Span));
    }

    private static bool SearchesByItself(ReadOnlySpan<byte> body) =>
        JsonSplice.Get(body, "model"u8) is { IsEmpty: false } model
        && JsonDocument.Parse(model.ToArray()).RootElement is { ValueKind: JsonValueKind.String } name
        && SearchingModels.Contain(name.GetString());

    private static ReadOnlyMemory<byte> StripList(ReadOnlyMemory<byte> body, Literal list, ToolStrip strip, ref bool isAnyLeft)
    {
        var tools = JsonSplice.Get(body.Span, list.Utf8);
        if (tools.IsEmpty || tools[0] != '[')
        {
            return body;
        }

        if (strip.Strips(list.Text))
        {
            return Remove(body, list.Utf8);
        }

        var kept = ToolNames.Without(tools, strip, out var some);
        isAnyLeft |= some;
        return !some ? Remove(body, list.Utf8)
            : kept.Length == tools.Length ? body
            : JsonSplice.Set(body.Span, list.Utf8, kept);
    }

    /// <summary>Chat's own switch for the provider's web search.</summary>
    private static ReadOnlyMemory<byte> StripWebSearch(ReadOnlyMemory<byte> body, ToolStrip strip, ref bool isAnyLeft)
    {
        var options = JsonSplice.Get(body.Span, "web_search_options"u8);
        if (options.IsEmpty || strip.Strips("web_search"))
        {
            return options.IsEmpty ? body : Remove(body, "web_search_options"u8);
        }

        isAnyLeft = true;
        return body;
    }

    private static ReadOnlyMemory<byte> StripChoice(
        ReadOnlyMemory<byte> body,
        Literal choice,
        ToolStrip strip,
        ConnectorType dialect,
        bool isAnyLeft
    )
    {
        var chosen = JsonSplice.Get(body.Span, choice.Utf8);
        if (chosen.IsEmpty || !isAnyLeft)
        {
            return chosen.IsEmpty ? body : Remove(body, choice.Utf8);
        }

        var none = dialect == ConnectorType.Anthropic ? "{\"type\":\"none\"}"u8 : "\"none\""u8;
        return ToolNames.IsStripped(chosen, strip) ? JsonSplice.Set(body.Span, choice.Utf8, none) : body;
    }

    private static ReadOnlyMemory<byte> Remove(ReadOnlyMemory<byte> body, ReadOnlySpan<byte> name) =>
        JsonSplice.Get(body.Span, name).IsEmpty ? body : JsonSplice.Remove(body.Span, name);
}
