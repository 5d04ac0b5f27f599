using FsCheck;
using FsCheck.Fluent;

namespace Gateway.Connectors.Tests.Mcp.Messages;

/// <summary>Texts near a good one: bytes changed, cut out, doubled or swapped.</summary>
internal static class Mutations
{
    public static Arbitrary<byte[]> Of(byte[] good) =>
        (
            from kind in Gen.Choose(0, 3)
            from at in Gen.Choose(0, good.Length - 1)
            from length in Gen.Choose(1, 24)
            from value in Gen.Choose(0, 255)
            select Change(good, kind, at, Math.Min(length, good.Length - at), (byte)value)
        ).ToArbitrary();

    private static byte[] Change(byte[] good, int kind, int at, int length, byte value) =>
        kind switch
        {
            0 => [.. good[..at], value, .. good[(at + 1)..]],
            1 => [.. good[..at], .. good[(at + length)..]],
            2 => [.. good[..(at + length)], .. good[at..]],
            _ => [.. good[..at], .. good[at..(at + length)].Reverse(), .. good[(at + length)..]],
        };
}
