using Gateway.Cel.Values;

namespace Gateway.Cel.Library;

/// <summary>Arithmetic. Integers that leave their 64 bits are an error; doubles follow IEEE 754.</summary>
internal static class ArithmeticFunctions
{
    public static IReadOnlyList<Overload> Overloads { get; } =
    [
        new("_+_(int, int) -> int", (_, a) => Int((Int128)a[0].AsInt + a[1].AsInt)),
        new("_+_(uint, uint) -> uint", (_, a) => Uint((Int128)a[0].AsUint + a[1].AsUint)),
        new("_+_(double, double) -> double", (_, a) => CelValue.From(a[0].AsDouble + a[1].AsDouble)),
        new("_+_(timestamp, duration) -> timestamp", (_, a) => Time(a[0].AsTimestamp.Plus(a[1].AsDuration))),
        new("_+_(duration, timestamp) -> timestamp", (_, a) => Time(a[1].AsTimestamp.Plus(a[0].AsDuration))),
        new("_+_(duration, duration) -> duration", (_, a) => Span((Int128)a[0].AsInt + a[1].AsInt)),
        new("_-_(int, int) -> int", (_, a) => Int((Int128)a[0].AsInt - a[1].AsInt)),
        new("_-_(uint, uint) -> uint", (_, a) => Uint((Int128)a[0].AsUint - a[1].AsUint)),
        new("_-_(double, double) -> double", (_, a) => CelValue.From(a[0].AsDouble - a[1].AsDouble)),
        new(
            "_-_(timestamp, timestamp) -> duration",
            (_, a) => a[0].AsTimestamp.Minus(a[1].AsTimestamp) is { } span ? CelValue.From(span) : Failures.Overflow
        ),
        new("_-_(timestamp, duration) -> timestamp", (_, a) => Earlier(a[0].AsTimestamp, a[1].AsDuration)),
        new("_-_(duration, duration) -> duration", (_, a) => Span((Int128)a[0].AsInt - a[1].AsInt)),
        new("_*_(int, int) -> int", (_, a) => Int((Int128)a[0].AsInt * a[1].AsInt)),
        new("_*_(uint, uint) -> uint", (_, a) => Uint((UInt128)a[0].AsUint * a[1].AsUint)),
        new("_*_(double, double) -> double", (_, a) => CelValue.From(a[0].AsDouble * a[1].AsDouble)),
        new("_/_(int, int) -> int", (_, a) => a[1].AsInt == 0 ? Failures.DivisionByZero : Int((Int128)a[0].AsInt / a[1].AsInt)),
        new("_/_(uint, uint) -> uint", (_, a) => a[1].AsUint == 0 ? Failures.DivisionByZero : CelValue.From(a[0].AsUint / a[1].AsUint)),
        new("_/_(double, double) -> double", (_, a) => CelValue.From(a[0].AsDouble / a[1].AsDouble)),
        new("_%_(int, int) -> int", (_, a) => Remainder(a[0].AsInt, a[1].AsInt)),
        new("_%_(uint, uint) -> uint", (_, a) => a[1].AsUint == 0 ? Failures.DivisionByZero : CelValue.From(a[0].AsUint % a[1].AsUint)),
        new("-_(int) -> int", (_, a) => Int(-(Int128)a[0].AsInt)),
        new("-_(double) -> double", (_, a) => CelValue.From(-a[0].AsDouble)),
    ];

    private static CelValue Int(Int128 value) =>
        value >= long.MinValue && value <= long.MaxValue ? CelValue.From((long)value) : Failures.Overflow;

    private static CelValue Uint(Int128 value) => value >= 0 && value <= ulong.MaxValue ? CelValue.From((ulong)value) : Failures.Overflow;

    private static CelValue Uint(UInt128 value) => value <= ulong.MaxValue ? CelValue.From((ulong)value) : Failures.Overflow;

    private static CelValue Span(Int128 nanos) =>
        nanos >= long.MinValue && nanos <= long.MaxValue ? CelValue.From(new CelDuration((long)nanos)) : Failures.Overflow;

    private static CelValue Time(CelTimestamp? time) => time is { } value ? CelValue.From(value) : Failures.Overflow;

    /// <summary>The longest span has no positive twin; going back by it is an overflow, as its negation is.</summary>
    private static CelValue Earlier(CelTimestamp time, CelDuration span) =>
        span.Nanos == long.MinValue ? Failures.Overflow : Time(time.Plus(new CelDuration(-span.Nanos)));

    /// <summary>The smallest int by -1 overflows, as its division does.</summary>
    private static CelValue Remainder(long x, long y) =>
        y switch
        {
            0 => Failures.DivisionByZero,
            -1 when x == long.MinValue => Failures.Overflow,
            -1 => CelValue.From(0L),
            _ => CelValue.From(x % y),
        };
}
