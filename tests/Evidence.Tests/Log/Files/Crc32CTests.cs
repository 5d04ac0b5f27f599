using FsCheck;
using FsCheck.Fluent;
using Gateway.Evidence.Log.Files;

namespace Gateway.Evidence.Tests.Log.Files;

public sealed class Crc32CTests
{
    [Fact]
    public void Of_TheUsualCheckText_IsTheUsualValue() => Assert.Equal(0xE3069283u, Crc32C.Compute("123456789"u8));

    /// <summary>RFC 3720 appendix B.4.</summary>
    [Fact]
    public void Of_TheExamplesOfTheRfc_IsTheirs()
    {
        Assert.Equal(0x8A9136AAu, Crc32C.Compute(new byte[32]));
        Assert.Equal(0x62A8AB43u, Crc32C.Compute(Enumerable.Repeat((byte)0xFF, 32).ToArray()));
        Assert.Equal(0x46DD794Eu, Crc32C.Compute(Enumerable.Range(0, 32).Select(i => (byte)i).ToArray()));
    }

    /// <summary>Lengths round those at which it goes over to other ways of working.</summary>
    [Fact]
    public void Of_AnyBytes_IsTheDivisionBitByBit() =>
        Prop.ForAll(
                (
                    from length in Gen.OneOf(Gen.Choose(0, 2000), Gen.Elements(7, 8, 9, 383, 384, 385, 767, 768, 769, 1151, 1152, 1160))
                    from bytes in Gen.Choose(0, 255).Select(b => (byte)b).ArrayOf(length)
                    select bytes
                ).ToArbitrary(),
                bytes => Crc32C.Compute(bytes) == BitByBit(bytes)
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    private static uint BitByBit(byte[] data)
    {
        var crc = uint.MaxValue;
        foreach (var b in data)
        {
            crc ^= b;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ ((crc & 1) * 0x82F63B78u); // The polynomial 0x1EDC6F41, its bits from behind.
            }
        }

        return ~crc;
    }
}
