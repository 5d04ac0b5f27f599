using Gateway.Connectors.Keys;

namespace Gateway.Connectors.Tests.Keys;

public sealed class Base62Tests
{
    [Theory]
    [InlineData(0u, "000000")]
    [InlineData(61u, "00000z")]
    [InlineData(62u, "000010")]
    [InlineData(uint.MaxValue, "4gfFC3")]
    public void Digits_AreWrittenFromTheHighest(uint value, string text)
    {
        Span<char> written = stackalloc char[Base62.ChecksumLength];
        Base62.Write(value, written);

        Assert.Equal(text, written.ToString());
    }
}
