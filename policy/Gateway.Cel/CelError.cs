namespace Gateway.Cel;

/// <summary>A mistake in an expression, for whoever wrote it.</summary>
/// <param name="Line">From 1, inside the expression's own text.</param>
/// <param name="Column">From 1, in UTF-16 places.</param>
/// <param name="Nearest">The known name that was probably meant; null for none.</param>
public sealed record CelError(CelErrorKind Kind, int Line, int Column, string Message, string? Nearest = null)
{
    public override string ToString() => $"{Line}:{Column}: {Message}{(Nearest is null ? "" : $"; did you mean '{Nearest}'?")}";
}
