using Gateway.Cel.Values;

namespace Gateway.Cel.Compilation;

/// <summary>
/// A compiled part of an expression: what it gives for these variables, a value or an error. Immutable, for many threads.
/// </summary>
internal delegate CelValue Step(CelActivation frame);
