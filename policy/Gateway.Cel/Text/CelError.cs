namespace Gateway.Cel.Text;

/// <summary>What sort of mistake an expression has.</summary>
public enum CelErrorKind
{
    /// <summary>Nobody said.</summary>
    None,

    /// <summary>The text isn't an expression of the language.</summary>
    Syntax,

    /// <summary>A name that nothing declares.</summary>
    UnknownName,

    /// <summary>An operator or function doesn't take these types.</summary>
    Type,

    /// <summary>A part of the language that isn't supported, such as messages.</summary>
    Unsupported,

    /// <summary>Too long, too deep or too large.</summary>
    Limit,

    /// <summary>The evaluation went wrong.</summary>
    Evaluation,
}

/// <summary>A mistake in an expression, for whoever wrote it.</summary>
/// <param name="Line">From 1, inside the expression's own text.</param>
/// <param name="Column">From 1, in UTF-16 places.</param>
/// <param name="Nearest">The known name that was probably meant; null for none.</param>
public sealed record CelError(CelErrorKind Kind, int Line, int Column, string Message, string? Nearest = null)
{
    public override string ToString() => $"{Line}:{Column}: {Message}{(Nearest is null ? "" : $"; did you mean '{Nearest}'?")}";
}

/// <summary>
/// Ends the reading of an expression; caught by the compiler, which turns it into an error with line and column. It never leaves this
/// library.
/// </summary>
internal sealed class SyntaxException(CelErrorKind kind, TextRange range, string message) : Exception(message)
{
    public CelErrorKind Kind => kind;

    public TextRange Range => range;
}
