namespace Gateway.Cel.Text;

/// <summary>
/// What one expression may take. Beyond any of them it is refused: at compilation with an error, at evaluation with an error as its result.
/// </summary>
public sealed record CelLimits
{
    internal const int MaxDepth = 200;

    public static CelLimits Default { get; } = new();

    /// <value>Characters of the text. Default 65,536; at least 1.</value>
    public int TextLength { get; init; } = 64 * 1024;

    /// <value>Levels of nesting. Default 100; at most 200, so that walking the tree never exhausts a thread's stack.</value>
    public int Depth { get; init; } = 100;

    /// <value>Nodes of the tree. Default 10,000.</value>
    public int Nodes { get; init; } = 10_000;

    /// <value>Macros inside macros that go over lists or maps. Default 4.</value>
    public int Comprehensions { get; init; } = 4;

    /// <value>Steps of one evaluation: a call is one, an element that is looked at is one, 16 characters of a text that is made or searched
    /// are one. Default 100,000.</value>
    public int Cost { get; init; } = 100_000;
}
