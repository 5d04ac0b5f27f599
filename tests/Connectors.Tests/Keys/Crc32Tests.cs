using Gateway.Connectors.Keys;
using Gateway.Policy.Canonical;

namespace Gateway.Connectors.Tests.Keys;

public sealed class Crc32Tests
{
    [Theory]
    [InlineData("", 0u)]
    [InlineData("123456789", 0xCBF43926u)]
    [InlineData("The quick brown fox jumps over the lazy dog", 0x414FA339u)]
    public void Of_KnownTexts_GivesTheirCheckValues(string text, uint crc) => Assert.Equal(crc, Crc32.Compute(text));

    [Theory]
    [InlineData(0u, "000000")]
    [InlineData(61u, "00000z")]
    [InlineData(62u, "000010")]
    [InlineData(uint.MaxValue, "4gfFC3")]
    public void Base62_WritesTheHighestDigitFirst(uint value, string text)
    {
        Span<char> written = stackalloc char[Base62.ChecksumLength];
        Base62.Write(value, written);

        Assert.Equal(text, written.ToString());
    }
}
