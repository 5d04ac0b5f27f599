using Gateway.Cel.Values;

namespace Gateway.Cel;

/// <summary>
/// What a function does. It gets values of the kinds that its signature names, never an error, and gives a value or an error; it must not
/// throw, do I/O or look at a clock, because the same evaluation must give the same answer everywhere.
/// </summary>
public delegate CelValue CelFunction(CelActivation frame, ReadOnlySpan<CelValue> arguments);
