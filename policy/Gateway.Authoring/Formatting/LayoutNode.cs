namespace Gateway.Authoring.Formatting;

/// <summary>A value as it stands in the text.</summary>
/// <param name="Line">Where it begins, from 1.</param>
/// <param name="EndLine">Where its text ends; for a block, where its last value's does.</param>
/// <param name="Column">Where it begins, from 1.</param>
internal abstract record LayoutNode(int Line, int EndLine, int Column);

/// <param name="Text">On one line, quotes included; empty for nothing.</param>
internal sealed record ScalarLayout(string Text, int Line, int EndLine, int Column) : LayoutNode(Line, EndLine, Column);

/// <summary>A text of several lines behind <c>|</c> or <c>&gt;</c>.</summary>
/// <param name="Header">Such as <c>|-</c>; with an indentation of 2 where the content needs one.</param>
/// <param name="Lines">Without their common indentation.</param>
internal sealed record BlockLayout(string Header, IReadOnlyList<string> Lines, int Line, int EndLine, int Column)
    : LayoutNode(Line, EndLine, Column);

/// <param name="IsFlow">Written in brackets.</param>
internal sealed record ListLayout(
    IReadOnlyList<LayoutNode> Items,
    IReadOnlyList<int> Dashes,
    bool IsFlow,
    int Line,
    int EndLine,
    int Column
) : LayoutNode(Line, EndLine, Column);

/// <param name="IsFlow">Written in braces.</param>
internal sealed record MapLayout(IReadOnlyList<(ScalarLayout Key, LayoutNode Value)> Fields, bool IsFlow, int Line, int EndLine, int Column)
    : LayoutNode(Line, EndLine, Column);

/// <summary>One document of a file.</summary>
/// <param name="Line">Of its <c>---</c>, or where it begins.</param>
internal sealed record DocumentLayout(LayoutNode Root, int Line);

/// <summary>Values in brackets and braces on one line.</summary>
internal static class FlowText
{
    public static string Write(LayoutNode node) =>
        node switch
        {
            ScalarLayout scalar => scalar.Text,
            ListLayout list => $"[{string.Join(", ", list.Items.Select(Write))}]",
            MapLayout map => $"{{{string.Join(", ", map.Fields.Select(field => Field(field.Key, field.Value)))}}}",
            _ => throw new LayoutException(node.Line, "it has a block inside brackets"),
        };

    private static string Field(ScalarLayout key, LayoutNode value) =>
        value is ScalarLayout { Text.Length: 0 } ? key.Text + ":" : $"{key.Text}: {Write(value)}";
}

/// <summary>The text has something that can't be laid out without losing it.</summary>
/// <param name="line">From 1; 0 where it can't be told.</param>
internal sealed class LayoutException(int line, string message) : Exception(message)
{
    public int Line { get; } = line;
}
