namespace Gateway.Cel.Syntax;

/// <summary>
/// Ends the reading of an expression; caught by the compiler, which turns it into an error with line and column. It never leaves this
/// library.
/// </summary>
internal sealed class SyntaxProblem(CelErrorKind kind, TextRange range, string message) : Exception(message)
{
    public CelErrorKind Kind => kind;

    public TextRange Range => range;
}
