namespace Gateway.Authoring.Formatting;

/// <summary>The text has something that can't be laid out without losing it.</summary>
/// <param name="line">From 1; 0 where it can't be told.</param>
internal sealed class LayoutProblem(int line, string message) : Exception(message)
{
    public int Line { get; } = line;
}
