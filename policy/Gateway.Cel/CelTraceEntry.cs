using Gateway.Cel.Syntax;
using Gateway.Cel.Values;

namespace Gateway.Cel;

/// <summary>What a part of an expression gave. In a macro a part appears once for each time it was evaluated.</summary>
/// <param name="Range">Where the part stands in the text.</param>
/// <param name="Depth">How many parts it lies inside; 0 for the whole expression.</param>
/// <param name="Value">A value or an error; <see cref="ValueText"/> shows it.</param>
public sealed record CelTraceEntry(TextRange Range, string Text, int Depth, CelValue Value);
