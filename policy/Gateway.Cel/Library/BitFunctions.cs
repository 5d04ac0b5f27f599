using Gateway.Cel.Values;

namespace Gateway.Cel.Library;

/// <summary>Integers as 64 bits. A shift to the right fills with zeros, also for an int.</summary>
internal static class BitFunctions
{
    private const int Width = 64;

    private static readonly CelValue NegativeShift = CelValue.Fail("a shift can't be negative");

    public static IReadOnlyList<Overload> Overloads { get; } =
    [
        new("math.bitAnd(int, int) -> int", (_, a) => CelValue.From(a[0].AsInt & a[1].AsInt)),
        new("math.bitAnd(uint, uint) -> uint", (_, a) => CelValue.From(a[0].AsUint & a[1].AsUint)),
        new("math.bitOr(int, int) -> int", (_, a) => CelValue.From(a[0].AsInt | a[1].AsInt)),
        new("math.bitOr(uint, uint) -> uint", (_, a) => CelValue.From(a[0].AsUint | a[1].AsUint)),
        new("math.bitXor(int, int) -> int", (_, a) => CelValue.From(a[0].AsInt ^ a[1].AsInt)),
        new("math.bitXor(uint, uint) -> uint", (_, a) => CelValue.From(a[0].AsUint ^ a[1].AsUint)),
        new("math.bitNot(int) -> int", (_, a) => CelValue.From(~a[0].AsInt)),
        new("math.bitNot(uint) -> uint", (_, a) => CelValue.From(~a[0].AsUint)),
        new("math.bitShiftLeft(int, int) -> int", (_, a) => Shifted(a[1].AsInt, a[0].AsUint, isLeft: true, isSigned: true)),
        new("math.bitShiftLeft(uint, int) -> uint", (_, a) => Shifted(a[1].AsInt, a[0].AsUint, isLeft: true, isSigned: false)),
        new("math.bitShiftRight(int, int) -> int", (_, a) => Shifted(a[1].AsInt, a[0].AsUint, isLeft: false, isSigned: true)),
        new("math.bitShiftRight(uint, int) -> uint", (_, a) => Shifted(a[1].AsInt, a[0].AsUint, isLeft: false, isSigned: false)),
    ];

    private static CelValue Shifted(long by, ulong bits, bool isLeft, bool isSigned)
    {
        if (by < 0)
        {
            return NegativeShift;
        }

        var shifted =
            by >= Width ? 0UL
            : isLeft ? bits << (int)by
            : bits >> (int)by;
        return isSigned ? CelValue.From((long)shifted) : CelValue.From(shifted);
    }
}
