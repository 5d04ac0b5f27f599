namespace Gateway.Authoring.Formatting;

/// <summary>Values in brackets and braces on one line.</summary>
internal static class FlowText
{
    public static string Of(LayoutNode node) =>
        node switch
        {
            ScalarLayout scalar => scalar.Text,
            ListLayout list => $"[{string.Join(", ", list.Items.Select(Of))}]",
            MapLayout map => $"{{{string.Join(", ", map.Fields.Select(field => Field(field.Key, field.Value)))}}}",
            _ => throw new LayoutProblem(node.Line, "it has a block inside brackets"),
        };

    private static string Field(ScalarLayout key, LayoutNode value) =>
        value is ScalarLayout { Text.Length: 0 } ? key.Text + ":" : $"{key.Text}: {Of(value)}";
}
