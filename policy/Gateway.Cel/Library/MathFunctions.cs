using Gateway.Cel.Values;

namespace Gateway.Cel.Library;

/// <summary>Rounding, signs and what kind of number a double is.</summary>
internal static class MathFunctions
{
    public static IReadOnlyList<Overload> Overloads { get; } =
    [
        new("math.ceil(double) -> double", (_, a) => CelValue.From(Math.Ceiling(a[0].AsDouble))),
        new("math.floor(double) -> double", (_, a) => CelValue.From(Math.Floor(a[0].AsDouble))),
        new("math.round(double) -> double", (_, a) => CelValue.From(Math.Round(a[0].AsDouble, MidpointRounding.AwayFromZero))),
        new("math.trunc(double) -> double", (_, a) => CelValue.From(Math.Truncate(a[0].AsDouble))),
        new("math.sqrt(double) -> double", (_, a) => CelValue.From(Math.Sqrt(a[0].AsDouble))),
        new("math.sqrt(int) -> double", (_, a) => CelValue.From(Math.Sqrt(a[0].AsInt))),
        new("math.sqrt(uint) -> double", (_, a) => CelValue.From(Math.Sqrt(a[0].AsUint))),
        new("math.abs(int) -> int", (_, a) => a[0].AsInt == long.MinValue ? Failures.Overflow : CelValue.From(Math.Abs(a[0].AsInt))),
        new("math.abs(uint) -> uint", (_, a) => a[0]),
        new("math.abs(double) -> double", (_, a) => CelValue.From(Math.Abs(a[0].AsDouble))),
        new("math.sign(int) -> int", (_, a) => CelValue.From((long)Math.Sign(a[0].AsInt))),
        new("math.sign(uint) -> uint", (_, a) => CelValue.From(Math.Min(a[0].AsUint, 1UL))),
        new("math.sign(double) -> double", (_, a) => double.IsNaN(a[0].AsDouble) ? a[0] : CelValue.From((double)Math.Sign(a[0].AsDouble))),
        new("math.isNaN(double) -> bool", (_, a) => CelValue.From(double.IsNaN(a[0].AsDouble))),
        new("math.isInf(double) -> bool", (_, a) => CelValue.From(double.IsInfinity(a[0].AsDouble))),
        new("math.isFinite(double) -> bool", (_, a) => CelValue.From(double.IsFinite(a[0].AsDouble))),
    ];
}
