namespace Gateway.Cel;

/// <summary>What compiling an expression gave: a program, or every mistake that was found.</summary>
/// <param name="Program">Null where there is an error.</param>
public sealed record CelCompilation(CelProgram? Program, IReadOnlyList<CelError> Errors);
